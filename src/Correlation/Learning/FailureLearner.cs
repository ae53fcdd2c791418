namespace Correlation.Learning;

/// <summary>Learns from failures: where nobody has told the cause it believes the most abnormal, and from those beliefs what
/// shows on causes and which resources are one, in one step each.</summary>
internal static class FailureLearner
{
    private const double BeliefTemperature = 1;
    private const double PriorTemperature = 1.5;
    private const double PriorPull = 5;
    private const int PriorSteps = 3;
    private const double High = 0.9;

    /// <summary>Learns; a failure is judged as though it were not among those learnt from.</summary>
    public static FailureModel Learn(IEnumerable<(FailureEvidence Failure, KnownCause? Cause)> failures)
    {
        var counts = FailureCounts.Of(failures);
        var (_, first) = Level(new FailureModel { Counts = counts });
        var lift = new FailureLift(counts, Beliefs(counts, first, BeliefTemperature));
        var (model, second) = Level(new FailureModel { Counts = counts, Lift = lift });
        var prior = Prior(counts, Beliefs(counts, second, PriorTemperature));
        return new FailureModel { Counts = counts, Lift = lift, Usual = model.Usual, Prior = prior };
    }

    /// <summary>Shares by scores.</summary>
    public static double[] Softmax(IReadOnlyList<double> scores, double temperature)
    {
        if (scores.Count == 0) return [];
        var most = scores.Max();
        var shares = scores.Select(score => Math.Exp((score - most) / temperature)).ToArray();
        var sum = shares.Sum();
        for (var i = 0; i < shares.Length; i++) shares[i] /= sum;
        return shares;
    }

    private static List<double[]> Beliefs(FailureCounts counts, List<double[]> scores, double temperature) =>
        [.. counts.Cases.Zip(scores, (failure, one) => failure.Believed(Softmax(one, temperature)))];

    /// <summary>What each resource usually shows, and the scores of the failures by that.</summary>
    private static (FailureModel Model, List<double[]> Scores) Level(FailureModel raw)
    {
        var counts = raw.Counts;
        var sums = counts.Cases.ConvertAll(failure => Sums(raw, failure));
        var all = Enumerable.Range(0, counts.Resources.Count * Clue.Kinds).Select(_ => new List<double>()).ToList();
        foreach (var (failure, sum) in counts.Cases.Zip(sums))
        {
            for (var i = 0; i < sum.Length; i++)
                all[(failure.Resources[i / Clue.Kinds] * Clue.Kinds) + (i % Clue.Kinds)].Add(sum[i]);
        }

        var usual = all.Select(values =>
        {
            values.Sort();
            var middle = values[values.Count / 2];
            return (middle, values[Math.Min(values.Count - 1, (int)(High * values.Count))] - middle);
        });
        var model = new FailureModel { Counts = counts, Lift = raw.Lift, Usual = [.. usual] };
        return (model, [.. counts.Cases.Zip(sums, (failure, sum) => Scores(model, failure, sum))]);
    }

    private static double[] Sums(FailureModel model, FailureCase failure)
    {
        var sums = new double[failure.Resources.Length * Clue.Kinds];
        foreach (var one in failure.Shown)
        {
            var surprise = FailureModel.Surprise(model.Counts.Seen[one.Number] - 1, model.Failures - 1);
            var factor = model.Factor(failure.Resources[one.Slot], one.Number, model.Counts.ClassOf[one.Number]);
            sums[(one.Slot * Clue.Kinds) + one.Kind] += surprise * factor * one.Early;
        }

        return sums;
    }

    private static double[] Scores(FailureModel model, FailureCase failure, double[] sums) =>
    [
        .. failure.Resources.Select((resource, slot) => Enumerable.Range(0, Clue.Kinds)
            .Sum(kind => model.Excess(resource, kind, sums[(slot * Clue.Kinds) + kind]))),
    ];

    /// <summary>How often each was the cause, as mixture weights against equal ones.</summary>
    private static double[] Prior(FailureCounts counts, List<double[]> likely)
    {
        var shares = Enumerable.Repeat(1.0 / counts.Resources.Count, counts.Resources.Count).ToArray();
        for (var step = 0; step < PriorSteps; step++)
        {
            var next = Enumerable.Repeat(PriorPull, shares.Length).ToArray();
            foreach (var (failure, chance) in counts.Cases.Zip(likely))
            {
                var sum = failure.Resources.Select((resource, slot) => chance[slot] * shares[resource]).Sum();
                for (var slot = 0; slot < chance.Length; slot++)
                    next[failure.Resources[slot]] += chance[slot] * shares[failure.Resources[slot]] / sum;
            }

            shares = [.. next.Select(count => count / (counts.Failures + (PriorPull * next.Length)))];
        }

        return [.. shares.Select(share => Math.Log(share * shares.Length))];
    }
}
