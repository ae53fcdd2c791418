namespace Correlation.Learning;

/// <summary>How often one kind followed the last start of another, by the bin of the lag, and what chance would give.</summary>
/// <param name="Relation">How their resources are related.</param>
/// <param name="Before">The kind that begins first.</param>
/// <param name="After">The kind that follows.</param>
/// <param name="Seen">The counts.</param>
/// <param name="Expected">The counts if each kind began on each resource as often as it does, but whenever it likes.</param>
public sealed record PairCounts(
    Relation Relation, string Before, string After, IReadOnlyList<long> Seen, IReadOnlyList<double> Expected);

/// <summary>Computes what chance alone would give: over all resources, how often the one that follows begins there, times the
/// seconds that the lag lay in each bin.</summary>
internal sealed class ExpectedCounts(CoOccurrence model, Dictionary<string, LearnedResource> resources)
{
    private readonly Dictionary<(Relation, int, int), double[]> _expected = [];
    private readonly Dictionary<Series, long[]> _exposures = [];
    private readonly double _seconds = Math.Max(1, model.Span.TotalSeconds);

    public IReadOnlyList<PairCounts> All()
    {
        foreach (var resource in resources.Values)
        {
            foreach (var before in resource.Series)
            {
                foreach (var after in resource.Series)
                    Add(ReferenceEquals(before, after) ? Relation.Self : Relation.SameResource, before, after);
            }

            foreach (var neighbour in resource.Neighbours.Select(name => resources.GetValueOrDefault(name)))
            {
                foreach (var before in neighbour?.Series ?? [])
                {
                    foreach (var after in resource.Series) Add(Relation.Neighbour, before, after);
                }
            }
        }

        foreach (var kind in model.Kinds().Where(kind => kind.Series.Count > 1)) AddElsewhere(kind);
        var kinds = model.Kinds();
        return
        [
            .. _expected.Select(pair => (Key: pair.Key, Before: kinds[pair.Key.Item2], After: kinds[pair.Key.Item3], pair.Value))
                .OrderBy(pair => pair.Key.Item1).ThenBy(pair => pair.Before.Name, StringComparer.Ordinal)
                .ThenBy(pair => pair.After.Name, StringComparer.Ordinal)
                .Select(pair => new PairCounts(
                    pair.Key.Item1, pair.Before.Name, pair.After.Name,
                    [.. model.CountsOf(pair.Key.Item1, pair.Before, pair.After) ?? new long[LagBins.Count]], pair.Value)),
        ];
    }

    private void Add(Relation relation, Series before, Series after)
    {
        if (!_exposures.TryGetValue(before, out var exposure))
        {
            _exposures[before] = exposure = new long[LagBins.Count];
            before.AddExposure(exposure, model.Now);
        }

        Add(relation, before.Kind, after.Kind, exposure, after.Starts / _seconds);
    }

    /// <summary>After a start on one resource all the others are watched, each as often as it begins there.</summary>
    private void AddElsewhere(LearnedKind kind) => Add(
        Relation.SameKind, kind, kind, model.ExposureOf(Relation.SameKind, kind),
        kind.Starts / _seconds * kind.ElsewhereShare);

    private void Add(Relation relation, LearnedKind before, LearnedKind after, long[] exposure, double rate)
    {
        var key = (relation, before.Number, after.Number);
        if (!_expected.TryGetValue(key, out var expected)) _expected[key] = expected = new double[LagBins.Count];
        for (var bin = 0; bin < LagBins.Count; bin++) expected[bin] += rate * exposure[bin];
    }
}
