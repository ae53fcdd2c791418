namespace Correlation.Estate;

/// <summary>How well one failure was found.</summary>
/// <param name="Failure">Its id.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Main">The incident that holds most of its symptoms; null where none holds two.</param>
/// <param name="Groups">In how many pieces its symptoms are, single ones included.</param>
/// <param name="Incidents">How many incidents hold any of them.</param>
/// <param name="F1">The F1 of its pairs: what is with it and should not be, what should be and is not.</param>
/// <param name="CauseRank">The place of its cause in its main incident, from 1; 0 where it is not there.</param>
/// <param name="HasChange">Whether somebody's change caused it.</param>
/// <param name="ChangeRank">The place of the first guilty change, from 1; 0 where it is not there.</param>
public sealed record FailureScore(
    string Failure, string Kind, string? Main, int Groups, int Incidents, double F1, int CauseRank, bool HasChange,
    int ChangeRank)
{
    /// <summary>Scores a failure.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="found">Where each of its symptoms is.</param>
    /// <param name="sizes">How many symptoms of anything each group has.</param>
    /// <param name="incidents">The incidents by id.</param>
    internal static FailureScore Of(TruthFailure failure, IReadOnlyList<string> found,
        IReadOnlyDictionary<string, int> sizes, IReadOnlyDictionary<string, SignalIncident> incidents)
    {
        var groups = found.GroupBy(id => id).Select(g => (Id: g.Key, Count: g.Count()))
            .OrderByDescending(g => g.Count).ThenBy(g => g.Id, StringComparer.Ordinal).ToList();
        var main = groups[0].Count > 1 || found.Count == 1 ? incidents.GetValueOrDefault(groups[0].Id) : null;

        // As ../shared/data/tools/group_score.py has it: pairs with itself count.
        double right = groups.Sum(g => (double)g.Count * g.Count);
        var precision = right / groups.Sum(g => (double)g.Count * sizes[g.Id]);
        var recall = right / ((double)found.Count * found.Count);
        var guilty = failure.Changes.Where(c => c.Role == "cause").Select(c => c.EventDataId).ToHashSet();
        return new FailureScore(failure.Id, failure.Kind, main?.Id, groups.Count, groups.Count(g => incidents.ContainsKey(g.Id)),
            2 * precision * recall / (precision + recall),
            RankOf(main?.Cause, id => IsCause(failure, id)), guilty.Count > 0, RankOf(main?.Changes, guilty.Contains));
    }

    private static bool IsCause(TruthFailure failure, string id) =>
        (failure.AlsoRight ?? []).Append(failure.RootResource)
        .Any(right => string.Equals(right.TrimEnd('/'), id.TrimEnd('/'), StringComparison.OrdinalIgnoreCase));

    private static int RankOf(IReadOnlyList<string>? ranked, Func<string, bool> isRight)
    {
        for (var i = 0; i < ranked?.Count; i++)
        {
            if (isRight(ranked[i])) { return i + 1; }
        }

        return 0;
    }
}
