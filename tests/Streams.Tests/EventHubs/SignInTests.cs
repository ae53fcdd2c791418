using Azure.Core;
using Confluent.Kafka;
using Correlation.Streams.EventHubs;
using Microsoft.Extensions.Logging;

namespace Correlation.Streams.Tests.EventHubs;

/// <summary>How this process says who it is, against a broker that refuses everybody.</summary>
public sealed class SignInTests
{
    private const string Key = "c2VjcmV0LWtleS1vZi1hLXRlc3Q=";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refused_connection_string_is_named_once_and_never_shown()
    {
        using var broker = new FakeBroker($"Invalid SAS token for key {Key}");
        var options = Of(broker);
        options.Authentication = EventHubsAuthentication.ConnectionString;
        options.ConnectionString =
            $"Endpoint=sb://localhost/;SharedAccessKeyName=send;SharedAccessKey={Key};UseDevelopmentEmulator=true;";
        var (logs, refusal) = await RefusedAsync(options, new Tokens(TimeSpan.FromHours(1)));

        Assert.Contains("refuses the connection string: check Streams:EventHubs:ConnectionString", refusal,
            StringComparison.Ordinal);
        Assert.Contains("Invalid SAS token", refusal, StringComparison.Ordinal);
        Assert.StartsWith($"\0$ConnectionString\0Endpoint=sb://localhost/;", broker.SignIns.First(), StringComparison.Ordinal);
        Assert.Single(logs.Of(LogLevel.Error));
        Assert.DoesNotContain(logs.All.Append(refusal), line => line.Contains(Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_identity_is_named_once_with_the_roles_that_it_needs()
    {
        using var broker = new FakeBroker("Unauthorized access");
        var tokens = new Tokens(TimeSpan.FromHours(1));
        var (logs, refusal) = await RefusedAsync(Entra(broker), tokens);

        Assert.Contains("Azure Event Hubs Data Receiver", refusal, StringComparison.Ordinal);
        Assert.Contains($"auth=Bearer {Tokens.Value}", broker.SignIns.First(), StringComparison.Ordinal);
        Assert.Equal("https://contoso.servicebus.windows.net/.default", tokens.Scope);
        Assert.Single(logs.Of(LogLevel.Error));
        Assert.DoesNotContain(logs.All, line => line.Contains(Tokens.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_is_asked_for_again_before_it_ends()
    {
        using var broker = new FakeBroker("Unauthorized access");
        var tokens = new Tokens(TimeSpan.FromSeconds(2));
        var options = Entra(broker);
        var clients = Clients(options, tokens, new Logs());
        using var admin = clients.Admin();
        await Hubs.UntilAsync(() => Task.FromResult(tokens.Asked >= 3));
    }

    [Fact]
    public async Task Without_a_token_the_identity_is_named()
    {
        using var broker = new FakeBroker("");
        var (logs, refusal) = await RefusedAsync(Entra(broker), new Tokens(TimeSpan.Zero));

        Assert.Contains("No token of Microsoft Entra ID for https://contoso.servicebus.windows.net/.default", refusal,
            StringComparison.Ordinal);
        Assert.Contains("no managed identity.", refusal, StringComparison.Ordinal);
        Assert.Single(logs.Of(LogLevel.Error));
        Assert.Empty(broker.SignIns);
    }

    private static async Task<(Logs Logs, string Refusal)> RefusedAsync(EventHubsOptions options, Tokens tokens)
    {
        var logs = new Logs();
        var services = new EventHubsServices(TimeProvider.System, new EventHubsInstruments(null, TimeProvider.System), logs);
        var clients = Clients(options, tokens, logs);
        using var catalog = new EventHubsCatalog(clients, services);
        var live = (await catalog.StreamsAsync(Cancel))[0];
        await Hubs.UntilAsync(async () =>
        {
            await Assert.ThrowsAsync<StreamUnavailableException>(() => live.PartitionsAsync(Cancel));
            return clients.Health.Refusal is not null;
        });
        var refused = await Assert.ThrowsAsync<IOException>(() => catalog.CheckAsync(TimeSpan.FromMinutes(1), Cancel));
        Assert.Equal(refused.Message, catalog.Trouble);
        return (logs, refused.Message);
    }

    private static EventHubsClients Clients(EventHubsOptions options, Tokens tokens, Logs logs) => new(
        options,
        new EventHubsServices(TimeProvider.System, new EventHubsInstruments(null, TimeProvider.System), logs), tokens,
        settings => settings.SecurityProtocol = SecurityProtocol.SaslPlaintext);

    private static EventHubsOptions Of(FakeBroker broker)
    {
        var options = Hubs.InAHurry(broker.Address);
        options.Hubs.Add(new EventHubOptions { Name = "signals", Number = 0 });
        return options;
    }

    private static EventHubsOptions Entra(FakeBroker broker)
    {
        var options = Of(broker);
        options.Authentication = EventHubsAuthentication.Entra;
        options.Namespace = "contoso.servicebus.windows.net";
        return options;
    }

    /// <summary>Gives tokens of a life; none where it is none.</summary>
    private sealed class Tokens(TimeSpan life) : TokenCredential
    {
        public const string Value = "eyJhbGciOi.a-token.of-a-test";

        private int asked;

        public int Asked => Volatile.Read(ref asked);

        public string? Scope { get; private set; }

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scope = Assert.Single(requestContext.Scopes);
            Interlocked.Increment(ref asked);
            return life == TimeSpan.Zero
                ? throw new InvalidOperationException("There is no managed identity.\nat somewhere")
                : new AccessToken(Value, TimeProvider.System.GetUtcNow() + life);
        }

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
