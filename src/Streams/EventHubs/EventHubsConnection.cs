using System.Data.Common;
using Confluent.Kafka;

namespace Correlation.Streams.EventHubs;

/// <summary>Where the Kafka endpoint is and how one gets in (Learn: azure-event-hubs-apache-kafka-overview).</summary>
/// <param name="Bootstrap">Hosts and ports.</param>
/// <param name="Protocol">With TLS, with a sign-in, or neither.</param>
/// <param name="Mechanism">How one signs in; null for not at all.</param>
/// <param name="Secret">The connection string; null where there is none.</param>
/// <param name="Scope">For whom a token is asked; null where none is.</param>
internal sealed record EventHubsConnection(
    string Bootstrap, SecurityProtocol Protocol, SaslMechanism? Mechanism, string? Secret, string? Scope)
{
    private const int KafkaPort = 9093;
    private const int EmulatorPort = 9092;
    private const string EndpointKey = "Endpoint";
    private const string EntityKey = "EntityPath";
    private const string EmulatorKey = "UseDevelopmentEmulator";
    private static readonly string[] Needed = [EndpointKey, "SharedAccessKeyName", "SharedAccessKey"];

    /// <summary>The connection that the options name; they are valid.</summary>
    public static EventHubsConnection Of(EventHubsOptions options)
    {
        if (options.Authentication == EventHubsAuthentication.None)
            return new EventHubsConnection(options.Bootstrap!, SecurityProtocol.Plaintext, null, null, null);
        if (options.Authentication == EventHubsAuthentication.Entra)
        {
            return new EventHubsConnection(
                options.Bootstrap ?? $"{options.Namespace}:{KafkaPort}", SecurityProtocol.SaslSsl, SaslMechanism.OAuthBearer,
                null, $"https://{options.Namespace}/.default");
        }

        var parts = Read(options.ConnectionString!)!;
        var emulated = IsEmulator(parts);
        var host = EndpointOf(parts)!.Host;
        return new EventHubsConnection(
            options.Bootstrap ?? $"{host}:{(emulated ? EmulatorPort : KafkaPort)}",
            emulated ? SecurityProtocol.SaslPlaintext : SecurityProtocol.SaslSsl, SaslMechanism.Plain,
            options.ConnectionString, null);
    }

    /// <summary>What is wrong with where and who, by setting.</summary>
    public static IEnumerable<(string Setting, string What)> Problems(EventHubsOptions options) => options.Authentication switch
    {
        EventHubsAuthentication.Entra => EntraProblems(options),
        EventHubsAuthentication.ConnectionString => StringProblems(options),
        _ => string.IsNullOrWhiteSpace(options.Bootstrap)
            ? [(nameof(options.Bootstrap), "is missing: without authentication give the broker's HOST:PORT")] : [],
    };

    /// <summary>The parts of the connection string that must not be shown.</summary>
    public IEnumerable<string> Secrets()
    {
        if (Secret is null) yield break;
        yield return Secret;
        if (Read(Secret)?.TryGetValue("SharedAccessKey", out var key) == true) yield return (string)key;
    }

    private static IEnumerable<(string Setting, string What)> EntraProblems(EventHubsOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Namespace))
            yield return (nameof(options.Namespace), "is missing: give the whole host name, as NAME.servicebus.windows.net");
        if (!string.IsNullOrEmpty(options.ConnectionString))
        {
            yield return (nameof(options.Authentication),
                "is Entra although a ConnectionString is given: set it to ConnectionString, or leave the string out");
        }
    }

    private static IEnumerable<(string Setting, string What)> StringProblems(EventHubsOptions options)
    {
        const string Setting = nameof(options.ConnectionString);
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            yield return (Setting, "is missing although Authentication is ConnectionString");
            yield break;
        }

        if (Read(options.ConnectionString) is not { } parts || Needed.Any(key => !parts.ContainsKey(key))
            || EndpointOf(parts) is not { } endpoint)
        {
            yield return (Setting,
                "cannot be read as Endpoint=sb://HOST/;SharedAccessKeyName=NAME;SharedAccessKey=KEY (no SAS token)");
            yield break;
        }

        if (options.Namespace is { Length: > 0 } named && !named.Equals(endpoint.Host, StringComparison.OrdinalIgnoreCase))
            yield return (nameof(options.Namespace), $"is another host than the connection string's, {endpoint.Host}");
        if (parts.TryGetValue(EntityKey, out var entity) && options.Hubs.Any(hub => hub.Name != (string)entity))
            yield return (Setting, $"is good for the hub {entity} only (EntityPath): the other hubs need the namespace's");
    }

    private static DbConnectionStringBuilder? Read(string text)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = text };
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static Uri? EndpointOf(DbConnectionStringBuilder parts) =>
        Uri.TryCreate((string)parts[EndpointKey], UriKind.Absolute, out var uri) && uri is { Scheme: "sb", Host.Length: > 0 }
            ? uri : null;

    private static bool IsEmulator(DbConnectionStringBuilder parts) =>
        parts.TryGetValue(EmulatorKey, out var value) && bool.TryParse((string)value, out var emulated) && emulated;
}
