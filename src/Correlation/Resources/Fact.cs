using System.Collections.Immutable;
using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>What one signal says of a condition, or what several say together.</summary>
/// <remarks>
/// <see cref="Absorb"/> is commutative and associative in all that a symptom shows (earliest, latest, worst, smallest few), so
/// that facts folded in any order give the same symptom.
/// </remarks>
[GenerateSerializer, SuppressReferenceTracking, Immutable, Alias("fact")]
internal sealed record Fact : IComparable<Fact>
{
    /// <summary>The most signals named at either end.</summary>
    public const int MentionsAtEnd = 10;

    /// <summary>The most keys of a cause.</summary>
    public const int MaxCauseKeys = 8;

    /// <summary>The most linked resources.</summary>
    public const int MaxLinked = 16;

    [Id(0)] public FactRole Role { get; init; }

    /// <summary>The earliest moment it speaks of.</summary>
    [Id(1)] public DateTimeOffset First { get; init; }

    /// <summary>The latest moment at which the condition was seen to hold.</summary>
    [Id(2)] public DateTimeOffset Last { get; init; }

    [Id(3)] public int Count { get; init; } = 1;

    /// <summary>Gaps that were folded away between <see cref="First"/> and <see cref="Last"/>.</summary>
    [Id(4)] public int Flaps { get; init; }

    /// <summary>Pairs an opening with its closing; null where the condition is paired by time alone.</summary>
    [Id(5)] public string? Instance { get; init; }

    /// <summary>On a closing, when it says that it began.</summary>
    [Id(6)] public DateTimeOffset? OpenedAt { get; init; }

    [Id(7)] public DateTimeOffset LogTime { get; init; }

    /// <summary>Eight bytes of the dedup key.</summary>
    [Id(8)] public ulong Key { get; init; }

    [Id(9)] public Severity Severity { get; init; }
    [Id(10)] public SignalKind Kind { get; init; }
    [Id(11)] public string Title { get; init; } = "";
    [Id(12)] public string? Text { get; init; }
    [Id(13)] public string? Region { get; init; }
    [Id(14)] public ImmutableArray<string> CauseKeys { get; init; } = [];
    [Id(15)] public ImmutableArray<ResourceId> Linked { get; init; } = [];
    [Id(16)] public ImmutableArray<Mention> Mentions { get; init; } = [];

    /// <summary>The log time of the first signal that it is made of.</summary>
    [Id(17)] public DateTimeOffset Heard { get; init; }

    /// <summary>The fact of one signal.</summary>
    public static Fact Of(Signal signal, FactRole role, string? instance)
    {
        var detail = signal.Detail;
        var key = signal.Dedup.Short();
        return new Fact
        {
            Role = role,
            First = signal.EventTime,
            Last = signal.EventTime,
            Instance = instance,
            OpenedAt = role == FactRole.Close ? detail?.OpenedAt : null,
            LogTime = signal.LogTime,
            Heard = signal.LogTime,
            Key = key,
            Severity = signal.Severity,
            Kind = signal.Kind,
            Title = detail?.Title ?? "",
            Text = detail?.Text,
            Region = detail?.Region,
            CauseKeys = Smallest(detail?.CauseKeys ?? [], MaxCauseKeys, StringComparer.Ordinal),
            Linked = Smallest(detail?.Linked ?? [], MaxLinked, Comparer<ResourceId>.Default),
            Mentions = [new Mention(signal.ToReference(), key)],
        };
    }

    /// <summary>This fact and another as one.</summary>
    public Fact Absorb(Fact other)
    {
        var (earlier, later) = CompareTo(other) <= 0 ? (this, other) : (other, this);
        var (shown, hidden) = earlier.Role == FactRole.Close && later.Role != FactRole.Close
            ? (later, earlier) : (earlier, later);
        return later with
        {
            Role = shown.Role,
            First = earlier.First,
            Last = earlier.Last > later.Last ? earlier.Last : later.Last,
            Count = earlier.Count + later.Count,
            Flaps = earlier.Flaps + later.Flaps,
            Key = earlier.Key,
            Severity = earlier.Severity > later.Severity ? earlier.Severity : later.Severity,
            Kind = shown.Kind,
            Title = shown.Title,
            Text = shown.Text,
            Region = SmallerRegion(shown.Region, hidden.Region),
            CauseKeys = Union(earlier.CauseKeys, later.CauseKeys, MaxCauseKeys, StringComparer.Ordinal),
            Linked = Union(earlier.Linked, later.Linked, MaxLinked, Comparer<ResourceId>.Default),
            Mentions = Union(earlier.Mentions, later.Mentions),
            Heard = earlier.Heard < later.Heard ? earlier.Heard : later.Heard,
        };
    }

    /// <summary>
    /// This pulse carried on by a later one, where that shows in no symptom but by its end and its signals: the usual repetition.
    /// </summary>
    /// <returns>Null where it does show.</returns>
    public Fact? Continue(Signal pulse, TimeSpan hold)
    {
        if (Role != FactRole.Pulse || pulse.EventTime <= First || pulse.EventTime - Last > hold || pulse.Severity > Severity)
            return null;
        if (Mentions.Length < Beats.Signals ? pulse.EventTime - Last >= Beats.Pause || pulse.EventTime < Last
            : pulse.EventTime < Mentions[Beats.Signals - 1].Reference.EventTime) return null;
        if (pulse.Detail is { } detail)
        {
            if (detail.Region is { } region && (Region is null || string.CompareOrdinal(region, Region) < 0)) return null;
            foreach (var key in detail.CauseKeys)
            {
                if (!CauseKeys.Contains(key)) return null;
            }

            foreach (var linked in detail.Linked)
            {
                if (!Linked.Contains(linked)) return null;
            }
        }

        return this with
        {
            Last = pulse.EventTime > Last ? pulse.EventTime : Last,
            Count = Count + 1,
            LogTime = pulse.LogTime,
            Mentions = Union(Mentions, [new Mention(pulse.ToReference(), pulse.Dedup.Short())]),
        };
    }

    /// <summary>By first moment, then role, then key: the same in every replay.</summary>
    public int CompareTo(Fact? other)
    {
        if (other is null) return 1;
        var order = First.CompareTo(other.First);
        if (order == 0) order = Role.CompareTo(other.Role);
        return order != 0 ? order : Key.CompareTo(other.Key);
    }

    private static string? SmallerRegion(string? one, string? other) =>
        one is null || (other is not null && string.CompareOrdinal(other, one) < 0) ? other : one;

    private static ImmutableArray<T> Union<T>(ImmutableArray<T> one, ImmutableArray<T> other, int most, IComparer<T> order)
    {
        if (other.IsEmpty || one.SequenceEqual(other)) return one;
        return one.IsEmpty ? other : Smallest(one.AddRange(other), most, order);
    }

    private static ImmutableArray<T> Smallest<T>(ImmutableArray<T> all, int most, IComparer<T> order) =>
        all.Length <= 1 ? all : [.. all.Distinct().Order(order).Take(most)];

    /// <summary>Both are sorted: a merge that drops what is in both, then all but the two ends.</summary>
    private static ImmutableArray<Mention> Union(ImmutableArray<Mention> one, ImmutableArray<Mention> other)
    {
        Span<int> merged = stackalloc int[one.Length + other.Length];
        var (count, i, j) = (0, 0, 0);
        while (i < one.Length || j < other.Length)
        {
            var order = i >= one.Length ? 1 : j >= other.Length ? -1 : one[i].CompareTo(other[j]);
            merged[count++] = order <= 0 ? i : ~j;
            if (order <= 0) i++;
            if (order >= 0) j++;
        }

        var kept = Math.Min(count, 2 * MentionsAtEnd);
        var result = ImmutableArray.CreateBuilder<Mention>(kept);
        for (var k = 0; k < kept; k++)
        {
            var at = merged[k < MentionsAtEnd ? k : count - kept + k];
            result.Add(at >= 0 ? one[at] : other[~at]);
        }

        return result.MoveToImmutable();
    }
}
