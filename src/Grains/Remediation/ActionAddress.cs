using System.Collections.Immutable;
using System.Globalization;

namespace Correlation.Grains.Remediation;

/// <summary>The address of an action: written in the file, or by reference to the environment where it is a secret.</summary>
internal static class ActionAddress
{
    private const string Reference = "env:";

    /// <summary>Reads and checks the address of an action; errors never show a referenced one.</summary>
    public static Uri? Read(YamlSection section, ImmutableArray<string> hosts, RuleFileContext context)
    {
        if (section.Text("url", required: true) is not { } text) return null;
        var line = section.LineOf("url");
        var isReference = text.StartsWith(Reference, StringComparison.Ordinal);
        var value = isReference ? context.Environment(text[Reference.Length..]) : text;
        if (value is null)
        {
            section.Error(line, $"'url' names the environment variable {text[Reference.Length..]}, which is not set");
            return null;
        }

        value = value.Replace("{port}", context.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var error = Uri.TryCreate(value, UriKind.Absolute, out var address) ? ErrorOf(address, hosts) : "is no absolute address";
        if (error is null) return address;
        section.Error(line, $"'url' {error}");
        return null;
    }

    /// <summary>The host, with the port where it is not the scheme's own.</summary>
    public static string HostOf(Uri address) => address.IsDefaultPort
        ? address.IdnHost.ToLowerInvariant()
        : string.Create(CultureInfo.InvariantCulture, $"{address.IdnHost.ToLowerInvariant()}:{address.Port}");

    private static string? ErrorOf(Uri address, ImmutableArray<string> hosts)
    {
        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            return "must be https; http is for this machine only";
        if (address.UserInfo.Length > 0) return "must not hold a user name or password";
        return hosts.Contains(HostOf(address)) || hosts.Contains(address.IdnHost.ToLowerInvariant())
            ? null
            : $"has the host {HostOf(address)}, which is not in 'allowedHosts'";
    }
}
