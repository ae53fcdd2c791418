using Correlation.Grouping;

namespace Correlation.Learning;

/// <summary>That conditions of one kind cause those of another, as learned from history.</summary>
/// <param name="Cause">The condition that comes first.</param>
/// <param name="Effect">The condition that follows.</param>
/// <param name="Weight">The share of the causes that the effect followed, less what chance alone would give; 0 to 1.</param>
/// <param name="Followed">How many causes the effect followed.</param>
/// <param name="Lag">The usual time between the two: the median.</param>
public sealed record LearnedCause(string Cause, string Effect, double Weight, int Followed, TimeSpan Lag);

/// <summary>Learns which conditions cause which, by lagged lift: how much oftener than by chance one begins soon after
/// another, on the
/// same resource or on a neighbour. Of the two directions the stronger counts.</summary>
public sealed class CauseLearner(LearningOptions options, Topology topology)
{
    private readonly SortedDictionary<string, SortedDictionary<string, List<DateTimeOffset>>> _starts =
        new(StringComparer.Ordinal);

    private DateTimeOffset? _first;
    private DateTimeOffset _last;

    /// <summary>Notes that a condition began on a resource; in any order.</summary>
    public void Observe(string resource, string condition, DateTimeOffset start)
    {
        if (!_starts.TryGetValue(condition, out var byResource))
            _starts[condition] = byResource = new SortedDictionary<string, List<DateTimeOffset>>(StringComparer.Ordinal);
        if (!byResource.TryGetValue(resource, out var starts)) byResource[resource] = starts = [];
        starts.Add(start);
        if (starts.Count > options.MaxOccurrences) starts.RemoveAt(0);
        if (_first is null || start < _first) _first = start;
        if (start > _last) _last = start;
    }

    /// <summary>What it has learned so far, strongest first.</summary>
    public IReadOnlyList<LearnedCause> Learn()
    {
        foreach (var starts in _starts.Values.SelectMany(byResource => byResource.Values)) starts.Sort();
        var found = new Dictionary<(string Cause, string Effect), LearnedCause>();
        foreach (var (cause, effect) in _starts.Keys.SelectMany(cause => _starts.Keys.Select(effect => (cause, effect))))
        {
            if (cause != effect && Judge(cause, effect) is { } learned) found[(cause, effect)] = learned;
        }

        return
        [
            .. found.Values
                .Where(one => !found.TryGetValue((one.Effect, one.Cause), out var back) || IsStronger(one, back))
                .OrderByDescending(one => one.Weight).ThenBy(one => one.Cause, StringComparer.Ordinal)
                .ThenBy(one => one.Effect, StringComparer.Ordinal),
        ];
    }

    private LearnedCause? Judge(string cause, string effect)
    {
        var (count, followed, expected) = (0, 0, 0.0);
        var lags = new List<TimeSpan>();
        var span = Math.Max((_last - _first!.Value).TotalSeconds, options.Lag.TotalSeconds);
        foreach (var (resource, causes) in _starts[cause])
        {
            count += causes.Count;
            foreach (var near in topology.Around(resource).Prepend(resource))
            {
                if (!_starts[effect].TryGetValue(near, out var effects)) continue;
                expected += causes.Count * Math.Min(1, effects.Count * options.Lag.TotalSeconds / span);
                foreach (var start in causes)
                {
                    if (LagAfter(effects, start) is not { } lag) continue;
                    followed++;
                    lags.Add(lag);
                }
            }
        }

        if (count < options.MinCount || followed == 0) return null;
        var weight = Math.Min(1, (followed - expected) / count);
        if (weight < options.MinShare || followed - expected < options.MinDeviation * Math.Sqrt(expected + 1)) return null;
        lags.Sort();
        return new LearnedCause(cause, effect, Math.Round(weight, 6), followed, lags[lags.Count / 2]);
    }

    /// <summary>How long after a time the next of some sorted times comes; null where that is longer than the lag.</summary>
    private TimeSpan? LagAfter(List<DateTimeOffset> sorted, DateTimeOffset time)
    {
        var at = sorted.BinarySearch(time);
        if (at < 0) at = ~at;
        return at < sorted.Count && sorted[at] - time <= options.Lag ? sorted[at] - time : null;
    }

    private static bool IsStronger(LearnedCause one, LearnedCause back) =>
        one.Weight != back.Weight ? one.Weight > back.Weight : string.CompareOrdinal(one.Cause, back.Cause) < 0;
}
