using Azure.Core;
using Confluent.Kafka;

namespace Correlation.Streams.EventHubs;

/// <summary>Tokens of Microsoft Entra ID for the Kafka clients (Learn: event-hubs-for-kafka, OAuth). A client asks when it begins
/// and when four fifths of a token's life are over; after a failure it asks again by itself.</summary>
/// <param name="credential">Who this process is.</param>
/// <param name="scope">For whom: <c>https://NAMESPACE/.default</c>.</param>
/// <param name="health">Told what fails.</param>
internal sealed class EntraTokens(TokenCredential credential, string scope, HubHealth health)
{
    /// <summary>The protocol wants a name; Event Hubs takes it from the token.</summary>
    private const string Principal = "correlation";

    /// <summary>Gives a client a token. Called on the client's own thread, which has nothing to do without one.</summary>
    public void Refresh(IClient client, string settings)
    {
        try
        {
            var token = credential.GetToken(new TokenRequestContext([scope]), CancellationToken.None);
            client.OAuthBearerSetToken(token.Token, token.ExpiresOn.ToUnixTimeMilliseconds(), Principal);
            health.TokenGiven();
        }
        catch (Exception error)
        {
            // Whatever it is, the client must hear of it, or it waits for ever.
            var why = error.Message.Split('\r', '\n')[0];
            health.TokenFailed(why);
            client.OAuthBearerSetTokenFailure(why);
        }
    }
}
