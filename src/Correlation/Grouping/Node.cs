using System.Collections.Immutable;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Grouping;

/// <summary>A symptom with what grouping looks at, taken apart once.</summary>
internal sealed class Node
{
    private static readonly HashSet<string> Scopes = ["subscription", "resourcegroup", "tenant"];

    public Node(Symptom symptom)
    {
        Symptom = symptom;
        Resource = symptom.Resource.Canonical;
        IsScope = Scopes.Contains(symptom.Resource.Type);
        var parent = symptom.Resource.Parent;
        Parent = parent is null || Scopes.Contains(parent.Type) ? null : parent.Canonical;
        Subscription = symptom.Resource.Subscription;
        Group = symptom.Resource.ResourceGroup;
        Region = string.IsNullOrWhiteSpace(symptom.Region) ? null : symptom.Region;
        CauseKeys = [.. symptom.CauseKeys.Where(IsKey).Distinct().Order(StringComparer.Ordinal)];
        Linked = [.. symptom.Linked.Select(id => id.Canonical).Distinct().Order(StringComparer.Ordinal)];
        Dimensions = Grouping.Dimensions.Of(symptom.Condition);
    }

    public Symptom Symptom { get; }

    public string Id => Symptom.Id;

    public DateTimeOffset Start => Symptom.Start;

    /// <summary>When it ended, or will end by itself: what lasts only until its time-out does not reach further before that has
    /// struck.</summary>
    public DateTimeOffset? End => Symptom.End ?? Symptom.ExpectedEnd;

    public string Resource { get; }

    /// <summary>Whether the resource is a subscription, resource group or tenant.</summary>
    public bool IsScope { get; }

    /// <summary>The resource that it is part of; null where only a scope contains it.</summary>
    public string? Parent { get; }

    public string? Subscription { get; }

    public string? Group { get; }

    public string? Region { get; }

    public ImmutableArray<string> CauseKeys { get; }

    public ImmutableArray<string> Linked { get; }

    public ImmutableDictionary<string, string> Dimensions { get; }

    public bool IsPlatform => Symptom.Condition.Kind == ConditionKind.ServiceHealth;

    public bool IsHealth => Symptom.Condition.Kind == ConditionKind.ResourceHealth;

    public bool IsInformational => Symptom.Severity is Severity.Verbose or Severity.Informational;

    /// <summary>Whether its interval says that something lasted: not for what comes and goes or only informs.</summary>
    public bool Lasts => !Symptom.Flapping && !IsInformational;

    /// <summary>Sealed: it keeps its place in the indexes, so that the picks of others stay as they are,
    /// and links to nothing.</summary>
    public bool Sealed { get; set; }

    /// <summary>The index lists that it is in.</summary>
    public ImmutableArray<string> In { get; set; } = [];

    /// <summary>The index lists that it looks for candidates in.</summary>
    public ImmutableArray<string> Reads { get; set; } = [];

    /// <summary>The order of every index: by start, then id.</summary>
    public static int Compare(Node a, Node b)
    {
        var order = a.Start.CompareTo(b.Start);
        return order != 0 ? order : string.CompareOrdinal(a.Id, b.Id);
    }

    /// <summary>A key that is empty, or an id of only zeros, is no key.</summary>
    private static bool IsKey(string key)
    {
        var value = key.AsSpan(key.IndexOf(':') + 1).Trim();
        return value.ContainsAnyExcept("0-".AsSpan()) && !value.Equals("null", StringComparison.OrdinalIgnoreCase);
    }
}
