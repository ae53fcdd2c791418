using System.Collections.Immutable;
using Correlation.Signals;

namespace Correlation.Grouping;

/// <summary>The dimensions that an alert's condition key ends with: <c> {name=value,…}</c>.</summary>
internal static class Dimensions
{
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
    public static string RuleOf(Condition condition)
    {
        var at = condition.Key.LastIndexOf(" {", StringComparison.Ordinal);
        return at > 0 ? condition.Key[..at] : condition.Key;
    }

    /// <summary>The first name, in order, that both have with different values;
    /// null where they do not contradict each other.</summary>
    public static string? Conflict(ImmutableDictionary<string, string> a, ImmutableDictionary<string, string> b) =>
        a.Count == 0 || b.Count == 0
            ? null
            : a.Where(pair => b.TryGetValue(pair.Key, out var other) && other != pair.Value)
                .Select(pair => pair.Key)
                .Order(StringComparer.Ordinal)
                .FirstOrDefault();
}
