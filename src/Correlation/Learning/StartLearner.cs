using System.Collections.Immutable;
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

    /// <summary>Learns.</summary>
    /// <param name="starts">The starts.</param>
    /// <param name="topology">What depends on what now.</param>
    /// <param name="number">The model's number.</param>
    /// <param name="inForce">The log time from which it decides.</param>
    public static LearnedModel Learn(SealedStarts starts, Topology topology, int number, DateTimeOffset inForce)
    {
        var counts = Count(starts, topology, inForce);
        return LearnedModel.Of(counts, number, inForce, Usual(starts, inForce));
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
