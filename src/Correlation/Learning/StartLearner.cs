using System.Collections.Immutable;
using Correlation.Fleet;
using Correlation.Grouping;
using Correlation.Signals;

namespace Correlation.Learning;

/// <summary>Learns a model from the starts of sealed symptoms, from scratch. A function of the set of starts and of the
/// topology.</summary>
public static class StartLearner
{
    /// <summary>The most pairs, causes and usual kinds of a model, each.</summary>
    public const int MostStored = 200;

    /// <summary>In how many spans at least a kind must have begun that counts as usual.</summary>
    private const int UsualSpans = 10;

    /// <summary>A kind that begins in a smaller share of the spans is not usual.</summary>
    private const double UsualShare = 0.02;

    private const int SecondsAnHour = 3_600;

    /// <summary>So many whole hours at least say how many usually begin in one.</summary>
    private const int UsualHours = 3;

    /// <summary>So many resources are believed to be there besides, on which nothing began yet.</summary>
    private const int QuietResources = 50;

    /// <summary>Learns.</summary>
    /// <param name="starts">The starts.</param>
    /// <param name="topology">What depends on what now.</param>
    /// <param name="number">The model's number.</param>
    /// <param name="inForce">The log time from which it decides.</param>
    /// <param name="prior">What other customers teach.</param>
    /// <param name="holds">How long lone alerts are watched.</param>
    internal static LearnedModel Learn(
        SealedStarts starts, Topology topology, int number, DateTimeOffset inForce, ImmutableArray<PriorPair> prior = default,
        (ImmutableArray<LearnedHold> Kinds, TimeSpan Others) holds = default)
    {
        var counts = Count(starts, topology, inForce);
        var pairs = counts.Pairs();
        var fleet = prior.IsDefaultOrEmpty ? [] : Fleet(counts, pairs, prior);
        return LearnedModel.Of(
            counts, pairs, number, inForce, (Usual(starts, inForce), Hourly(starts, inForce)), fleet, holds);
    }

    /// <summary>What a customer's counts say of kinds that can be spoken of between customers: what follows most often
    /// first.</summary>
    public static ImmutableArray<SharedPair> Shared(SealedStarts starts, Topology topology, DateTimeOffset now)
    {
        var counts = Count(starts, topology, now);
        return
        [
            .. SharedPairs(counts.Pairs()).OrderByDescending(one => one.Pair.Seen.Sum())
                .ThenBy(one => one.Pair.Relation).ThenBy(one => one.Before, StringComparer.Ordinal)
                .ThenBy(one => one.After, StringComparer.Ordinal).Take(FleetPool.PairsMax)
                .Select(one => new SharedPair(
                    one.Pair.Relation, one.Before, one.After, counts.StartsOf(one.Pair.Before), [.. one.Pair.Seen],
                    [.. one.Pair.Expected])),
        ];
    }

    private static IEnumerable<(string Before, string After, PairCounts Pair)> SharedPairs(IReadOnlyList<PairCounts> pairs)
    {
        var names = pairs.SelectMany(pair => new[] { pair.Before, pair.After }).Distinct()
            .ToDictionary(kind => kind, FleetKind.Of);
        return
            from pair in pairs
            let before = names[pair.Before]
            let after = names[pair.After]
            where pair.Relation != Relation.Self && before is not null && after is not null
            select (before, after, pair);
    }

    /// <summary>The prior is worth a few starts; what the customer has seen of the same comes on top, or ends it.</summary>
    private static ImmutableArray<LearnedPair> Fleet(
        CoOccurrence counts, IReadOnlyList<PairCounts> pairs, ImmutableArray<PriorPair> prior)
    {
        var own = SharedPairs(pairs).ToDictionary(one => (one.Pair.Relation, one.Before, one.After), one => one.Pair);
        return
        [
            .. prior.Select(pair => (Prior: pair, Own: own.GetValueOrDefault((pair.Relation, pair.Before, pair.After))))
                .Select(one => (
                    one.Prior,
                    Starts: one.Own is null ? 0 : counts.StartsOf(one.Own.Before),
                    Seen: one.Own?.Seen.Take(one.Prior.Bins).Sum() ?? 0,
                    Expected: one.Own?.Expected.Take(one.Prior.Bins).Sum() ?? 0))
                .Where(one => one.Prior.Stands(one.Starts, one.Seen))
                .Select(one => new LearnedPair(
                    one.Prior.Relation, one.Prior.Before, one.Prior.After, one.Prior.Weight, one.Prior.Bins,
                    Math.Round((PriorPair.Starts * one.Prior.Follows) + one.Seen, 6),
                    Math.Round((PriorPair.Starts * one.Prior.Chance) + one.Expected, 6), Fleet: true))
                .Where(pair => pair.Lift > 0),
        ];
    }

    internal static CoOccurrence Count(SealedStarts starts, Topology topology, DateTimeOffset now)
    {
        var counts = new CoOccurrence(new LearningSettings { StoredPairs = MostStored });
        var neighbours = Neighbours(starts.Resources, topology);
        foreach (var start in InOrder(starts, now))
        {
            var resource = starts.Resources[start.Resource];
            counts.Observe(
                starts.Kinds[start.Kind], resource, DateTimeOffset.FromUnixTimeSeconds(start.Second),
                neighbours.GetValueOrDefault(resource));
        }

        counts.Pass(now);
        return counts;
    }

    private static IEnumerable<SealedStart> InOrder(SealedStarts starts, DateTimeOffset now) => starts.All
        .Where(start => start.Second <= now.ToUnixTimeSeconds()).OrderBy(start => start.Second)
        .ThenBy(start => starts.Resources[start.Resource], StringComparer.Ordinal)
        .ThenBy(start => starts.Kinds[start.Kind], StringComparer.Ordinal);

    /// <summary>What a resource depends on, what depends on it, what it is part of and its parts.</summary>
    private static Dictionary<string, List<string>> Neighbours(ImmutableArray<string> resources, Topology topology)
    {
        var known = resources.ToHashSet();
        var found = resources.ToDictionary(
            resource => resource, resource => topology.Upstream(resource).Concat(topology.Downstream(resource)).ToList());
        foreach (var resource in resources)
        {
            if (ResourceId.TryParse(resource) is not { } id || new ResourcePlace(id).Parent is not { } parent) continue;
            if (!known.Contains(parent)) continue;
            found[resource].Add(parent);
            found[parent].Add(resource);
        }

        return found;
    }

    /// <summary>By the middle one of all whole hours: a failure fills a few of them only.</summary>
    private static double Hourly(SealedStarts starts, DateTimeOffset now)
    {
        var hours = starts.All.Where(start => start.Second <= now.ToUnixTimeSeconds())
            .CountBy(start => start.Second / SecondsAnHour).ToDictionary();
        if (hours.Count == 0) return 0;
        var (first, last) = (hours.Keys.Min(), hours.Keys.Max());
        if (last - first <= UsualHours) return 0;
        int[] counts = [.. hours.Where(hour => hour.Key > first && hour.Key < last).Select(hour => hour.Value).Order()];
        var whole = last - first - 1;
        var middle = (whole / 2) - (whole - counts.Length);
        return middle < 0 ? 0 : Math.Round(counts[middle] / (double)(starts.Resources.Length + QuietResources), 6);
    }

    private static ImmutableArray<UsualKind> Usual(SealedStarts starts, DateTimeOffset now)
    {
        if (starts.All.IsEmpty) return [];
        var span = (long)UsualKind.Span.TotalSeconds;
        var spans = (now.ToUnixTimeSeconds() - starts.All.Min(start => start.Second)) / span + 1;
        return
        [
            .. starts.All.GroupBy(start => start.Kind)
                .Select(kind => (
                    Kind: starts.Kinds[kind.Key],
                    Spans: kind.Select(start => (start.Resource, start.Second / span)).Distinct().Count(),
                    Resources: kind.Select(start => start.Resource).Distinct().Count()))
                .Where(kind => kind.Spans >= UsualSpans)
                .Select(kind => new UsualKind(
                    kind.Kind, Math.Round(Math.Min(1, kind.Spans / ((double)spans * kind.Resources)), 6)))
                .Where(kind => kind.Share >= UsualShare)
                .OrderByDescending(kind => kind.Share).ThenBy(kind => kind.Kind, StringComparer.Ordinal).Take(MostStored),
        ];
    }
}
