using System.Collections.Immutable;
using Correlation.Signals;

namespace Correlation.Grouping;

/// <summary>The dimensions that an alert's condition key ends with: <c> {name=value,…}</c>.</summary>
internal static class Dimensions
{
    private const int ShortestName = 4;

    /// <summary>How the names of dimensions end whose values are of a closed list that the service makes (Learn: supported
    /// metrics with Azure Monitor, the columns of dimensions).</summary>
    private static readonly string[] Sorts =
    [
        "type", "code", "codeclass", "category", "class", "status", "state", "action", "result", "reason", "severity", "level",
        "tier", "priority", "method", "protocol", "direction", "apiname", "operation", "operationname", "authentication",
        "version", "region", "location", "phase", "condition", "success", "sku",
    ];

    /// <summary>The dimensions that name a machine, as the tables of Log Analytics call it (Learn: Heartbeat, Perf, Event,
    /// Syslog, InsightsMetrics).</summary>
    private static readonly string[] Machines = ["computer", "hostname", "host"];

    /// <summary>The dimensions of a condition; none for other kinds and forms.</summary>
    public static ImmutableDictionary<string, string> Of(Condition condition)
    {
        var key = condition.Key;
        var at = key.IndexOf(" {", StringComparison.Ordinal);
        if (condition.Kind != ConditionKind.Alert || at < 0 || key[^1] != '}') return ImmutableDictionary<string, string>.Empty;
        var found = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var part in key[(at + 2)..^1].Split(','))
        {
            var equals = part.IndexOf('=');
            if (equals > 0 && equals < part.Length - 1) found[part[..equals].Trim()] = part[(equals + 1)..].Trim();
        }

        return found.ToImmutable();
    }

    /// <summary>The key of an alert's condition without its dimensions, which begin at the last unescaped brace.</summary>
    public static string RuleOf(Condition condition) =>
        RuleIn(condition) is var rule && rule.Length < condition.Key.Length ? rule.ToString() : condition.Key;

    /// <summary>The same, without a copy.</summary>
    public static ReadOnlySpan<char> RuleIn(Condition condition)
    {
        var key = condition.Key.AsSpan();
        return key.LastIndexOf(" {") is var at and > 0 ? key[..at] : key;
    }

    /// <summary>The first name, in order, that both have with different values; null where they do not contradict each other:
    /// also where another dimension that names a thing agrees, as with two pods of one namespace.</summary>
    public static string? Conflict(ImmutableDictionary<string, string> a, ImmutableDictionary<string, string> b) =>
        a.Count == 0 || b.Count == 0 || OtherMachine(a, b)
            || a.Any(pair => NamesAThing(pair) && b.TryGetValue(pair.Key, out var same) && same == pair.Value)
            ? null
            : a.Where(pair => b.TryGetValue(pair.Key, out var other) && other != pair.Value)
                .Select(pair => pair.Key)
                .Order(StringComparer.Ordinal)
                .FirstOrDefault();

    /// <summary>The values that name a thing, with the names that they hold, in order: a host, a description.</summary>
    public static ImmutableArray<string> NamesIn(ImmutableDictionary<string, string> dimensions) => dimensions.Count == 0
        ? []
        : [.. dimensions.Where(NamesAThing).SelectMany(pair => TextNames.In(pair.Value).Prepend(pair.Value)).Distinct()
            .Order(StringComparer.Ordinal)];

    /// <summary>Whether two are about different machines of one resource, which tells of both and has not failed itself: a
    /// workspace.</summary>
    public static bool OtherMachine(ImmutableDictionary<string, string> a, ImmutableDictionary<string, string> b) =>
        a.Count > 0 && b.Count > 0
        && Machines.Any(name => a.TryGetValue(name, out var one) && b.TryGetValue(name, out var other) && one != other);

    /// <summary>The first value that names a thing for both; null for none.</summary>
    public static string? SharedName(Node a, Node b)
    {
        if (a.DimensionNames.IsEmpty || b.DimensionNames.IsEmpty) return null;
        return a.DimensionNames.FirstOrDefault(name => b.DimensionNames.BinarySearch(name, StringComparer.Ordinal) >= 0);
    }

    /// <summary>Whether a value tells one thing from others of its sort, and does not say of which sort it is.</summary>
    private static bool NamesAThing(KeyValuePair<string, string> dimension) =>
        dimension.Value.Length >= ShortestName && dimension.Value.AsSpan().ContainsAnyInRange('a', 'z')
        && !Sorts.Any(word => dimension.Key.EndsWith(word, StringComparison.OrdinalIgnoreCase));
}
