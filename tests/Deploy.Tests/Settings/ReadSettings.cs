using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;

namespace Correlation.Deploy.Tests.Settings;

/// <summary>The environment of a process, that notes which of its variables anybody asked for.</summary>
internal sealed class ReadSettings : ConfigurationProvider, IConfigurationSource
{
    private static readonly string[] Prefixes = ["ASPNETCORE_", "DOTNET_"];

    private readonly ConcurrentDictionary<string, bool> _read = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes variables as the host does: two underscores for a colon, without the prefixes of ASP.NET Core.</summary>
    public ReadSettings(IEnumerable<KeyValuePair<string, string>> environment)
    {
        foreach (var (name, value) in environment)
        {
            var prefix = Prefixes.FirstOrDefault(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) ?? "";
            Set(name[prefix.Length..].Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), value);
        }
    }

    /// <summary>The settings that nobody asked for, in order.</summary>
    public List<string> Unread => [.. Data.Keys.Where(key => !_read.ContainsKey(key)).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <inheritdoc/>
    public override bool TryGet(string key, out string? value)
    {
        var found = base.TryGet(key, out value);
        if (found) _read[key] = true;
        return found;
    }
}
