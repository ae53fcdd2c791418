using System.Text;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>One dimension or label of an alert.</summary>
internal readonly record struct Dimension(string Name, string Value);

/// <summary>Writes the keys of conditions as ARCHITECTURE.md, "Conditions", has them.</summary>
internal static class ConditionKeys
{
    /// <summary>The longest key, in characters.</summary>
    public const int MaxLength = 512;

    /// <summary>The key of the one condition that a resource's health is.</summary>
    public const string ResourceHealth = "resourcehealth";

    private const int HashDigits = 32;

    /// <summary>What stands for a rule in a key: its canonical id, else its name, else <paramref name="otherwise"/>.</summary>
    public static string Rule(string? id, string? name, string otherwise) => Rule(ResourceId.TryParse(id), name, otherwise);

    /// <summary>What stands for a rule in a key, where its id was read before.</summary>
    public static string Rule(ResourceId? id, string? name, string otherwise)
    {
        if (id is not null) return id.Canonical;
        return string.IsNullOrWhiteSpace(name) ? otherwise : name.Trim().ToLowerInvariant();
    }

    /// <summary>The key of an alert.</summary>
    /// <param name="rule">What <see cref="Rule(string?, string?, string)"/> gives.</param>
    /// <param name="dimensions">The dimensions, in any order; they are lowered and sorted in place.</param>
    public static string Alert(string rule, List<Dimension> dimensions)
    {
        if (dimensions.Count == 0) return Bounded("alert:" + rule);
        for (var i = 0; i < dimensions.Count; i++)
            dimensions[i] = new Dimension(LowerText.Of(dimensions[i].Name), LowerText.Of(dimensions[i].Value));
        dimensions.Sort(static (a, b) =>
        {
            var byName = string.CompareOrdinal(a.Name, b.Name);
            return byName != 0 ? byName : string.CompareOrdinal(a.Value, b.Value);
        });
        var key = new StringBuilder("alert:", 256).Append(rule).Append(" {");
        for (var i = 0; i < dimensions.Count; i++)
        {
            if (i > 0) key.Append(',');
            AppendEscaped(key, dimensions[i].Name);
            AppendEscaped(key.Append('='), dimensions[i].Value);
        }

        return Bounded(key.Append('}').ToString());
    }

    /// <summary>The key of a service-health event.</summary>
    public static string ServiceHealth(string trackingId) => Bounded("servicehealth:" + trackingId);

    /// <summary>The key of an operation that failed.</summary>
    public static string Operation(string operation) => Bounded("operation:" + operation);

    /// <summary>The key of error records of one category and operation; the operation may be missing.</summary>
    public static string Log(string category, string? operation) =>
        Bounded(string.IsNullOrEmpty(operation) ? "log:" + category : "log:" + category + "/" + operation);

    /// <summary>The key of a security alert by its type or event name.</summary>
    public static string Security(string type) => Bounded("security:" + type);

    /// <summary>The key of a security assessment by its name.</summary>
    public static string Assessment(string name) => Bounded("security:assessment/" + name);

    /// <summary>Lower case and at most <see cref="MaxLength"/> characters; what is cut off lives on as a hash.</summary>
    public static string Bounded(string key)
    {
        var lower = LowerText.Of(key);
        if (lower.Length <= MaxLength) return lower;
        return string.Concat(lower.AsSpan(0, MaxLength - HashDigits - 1), "~", DedupKey.Of(lower).ToString());
    }

    // Without the escapes, two different sets of dimensions could have one key.
    private static void AppendEscaped(StringBuilder key, string text)
    {
        foreach (var c in text)
        {
            if (c is ',' or '=' or '{' or '}' or '\\') key.Append('\\');
            key.Append(c);
        }
    }
}
