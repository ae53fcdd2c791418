using System.Text.Json;

namespace Correlation.Dependencies;

/// <summary>Which resource answers under a host name or a public address.</summary>
internal sealed class HostNames
{
    private static readonly GraphRule[] Paths =
    [
        .. new[]
        {
            "properties.defaultHostName", "properties.hostNames[]", "properties.hostName", "properties.dnsSettings.fqdn",
            "properties.ipAddress", "properties.fullyQualifiedDomainName", "properties.vaultUri", "properties.documentEndpoint",
            "properties.gatewayUrl", "properties.configuration.ingress.fqdn", "properties.dnsConfig.fqdn",
            "properties.primaryEndpoints.*",
        }.Select(path => new GraphRule(path, EdgeKind.Refers)),
    ];

    private readonly Dictionary<string, string?> _owners = new(StringComparer.Ordinal);

    /// <summary>Notes what a row answers to; what two rows claim leads nowhere.</summary>
    public void Add(string resource, JsonElement row)
    {
        foreach (var text in Paths.SelectMany(path => path.Texts(row)))
        {
            var host = HostOf(text);
            if (!_owners.TryAdd(host, resource) && _owners[host] != resource) _owners[host] = null;
        }
    }

    /// <summary>The resource of a host name; null for none or several.</summary>
    public string? Find(string text) => _owners.GetValueOrDefault(HostOf(text));

    private static string HostOf(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal) is var at && at < 0 ? 0 : at + 3;
        var end = text.AsSpan(start).IndexOfAny('/', ':');
        var host = end < 0 ? text[start..] : text.Substring(start, end);
        return host.TrimEnd('.').ToLowerInvariant();
    }
}
