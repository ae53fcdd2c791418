using System.Collections.Immutable;

namespace Correlation.Learning;

/// <summary>What one kind's start says of another's, as stored.</summary>
/// <param name="Relation">How their resources are related.</param>
/// <param name="Before">The kind that begins first.</param>
/// <param name="After">The kind that follows.</param>
/// <param name="Weight">How sure it is that it follows; see <see cref="LearnedCause.Weight"/>.</param>
/// <param name="Lifts">The logarithm of how much oftener than usual it begins, by the bin of the lag.</param>
[GenerateSerializer, Immutable, Alias("learned-pair")]
public sealed record LearnedPair(
    [property: Id(0)] Relation Relation,
    [property: Id(1)] string Before,
    [property: Id(2)] string After,
    [property: Id(3)] double Weight,
    [property: Id(4)] ImmutableArray<float> Lifts);

/// <summary>A numbered version of what was learned of a customer: what is judged by. Immutable.</summary>
[GenerateSerializer, Immutable, Alias("learned-model")]
public sealed class LearnedModel
{
    [NonSerialized] private Dictionary<(Relation, string, string), LearnedPair>? _byKinds;

    /// <summary>Its number: 1, 2, 3 …</summary>
    [Id(0)] public required int Number { get; init; }

    /// <summary>The log time from which it decides.</summary>
    [Id(1)] public required DateTimeOffset InForce { get; init; }

    /// <summary>The strongest pairs, surest first.</summary>
    [Id(2)] public ImmutableArray<LearnedPair> Pairs { get; init; } = [];

    /// <summary>What causes what, surest first; bounded as the pairs are.</summary>
    [Id(3)] public ImmutableArray<LearnedCause> Causes { get; init; } = [];

    /// <summary>Stores what was learned so far.</summary>
    public static LearnedModel Of(CoOccurrence model, int number, DateTimeOffset inForce)
    {
        var all = model.Pairs();
        var bursts = Bursts.Of(model, all);
        var kept = all.Select(pair => (Pair: pair, Scan.Of(pair, bursts).Weight)).Where(one => one.Weight > 0)
            .OrderByDescending(one => one.Weight).Take(model.Options.StoredPairs);
        return new LearnedModel
        {
            Number = number,
            InForce = inForce,
            Pairs = [.. kept.Select(one => new LearnedPair(
                one.Pair.Relation, one.Pair.Before, one.Pair.After, Math.Round(one.Weight, 6), LiftsOf(one.Pair)))],
            Causes = [.. CauseLearner.Learn(model, all).Take(model.Options.StoredPairs)],
        };
    }

    /// <summary>The logarithm of how much oftener than usual a kind begins at some lag after another; 0 where nothing was
    /// learned.</summary>
    public double Lift(Relation relation, string before, string after, TimeSpan lag)
    {
        _byKinds ??= Pairs.ToDictionary(pair => (pair.Relation, pair.Before, pair.After));
        var bin = LagBins.Of(lag);
        return bin < LagBins.Count && _byKinds.TryGetValue((relation, before, after), out var pair) ? pair.Lifts[bin] : 0;
    }

    /// <summary>Half a start that came and half that was expected go before, so that what is rare says little.</summary>
    private static ImmutableArray<float> LiftsOf(PairCounts pair) =>
        [.. pair.Seen.Select((seen, bin) => (float)Math.Log((seen + 0.5) / (pair.Expected[bin] + 0.5)))];
}
