namespace Correlation.Estate;

/// <summary>Compares a correlator's incidents with the ground truth.</summary>
public static class Judge
{
    /// <summary>The share of a failure's symptoms that its one incident must hold.</summary>
    public const double HeldAtLeast = 0.9;

    /// <summary>How far apart two intervals may be and still be the same symptom, where no external id says so.</summary>
    private const double ToleranceSeconds = 20 * 60;

    /// <summary>Judges all incidents that a correlator made of the estate's messages.</summary>
    public static Verdict Of(Truth truth, IReadOnlyList<FoundIncident> incidents)
    {
        var members = incidents.SelectMany(i => i.Members.Select(m => (i.Id, Symptom: m)))
            .ToLookup(m => Canonical(m.Symptom.Resource));
        var failures = truth.Failures.Select(f => OfFailure(f, members)).ToList();
        var mains = failures.Select(f => f.Main).ToHashSet();
        return new Verdict(
            failures,
            [.. failures.SelectMany(f => f.Incidents).GroupBy(id => id).Where(g => g.Count() > 1).Select(g => g.Key)],
            [.. incidents.Select(i => i.Id).Where(id => !mains.Contains(id))]);
    }

    private static FailureVerdict OfFailure(TruthFailure failure, ILookup<string, (string Id, FoundSymptom Symptom)> members)
    {
        var holders = failure.Symptoms
            .Select(s => (Symptom: s, Incidents: members[Canonical(s.Resource)]
                .Where(m => IsSame(s, m.Symptom)).Select(m => m.Id).ToHashSet()))
            .ToList();
        var sizes = holders.SelectMany(h => h.Incidents).GroupBy(id => id)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        var main = sizes.FirstOrDefault()?.Key;
        var missing = holders.Where(h => main is null || !h.Incidents.Contains(main)).Select(h => h.Symptom).ToList();
        var held = 1 - (missing.Count / (double)failure.Symptoms.Count);
        var enough = failure.MinIncidents == 0 || held >= HeldAtLeast;
        var passes = enough && sizes.Count >= failure.MinIncidents && sizes.Count <= failure.MaxIncidents;
        return new FailureVerdict(failure.Id, main, held, [.. sizes.Select(g => g.Key)], missing, passes);
    }

    private static bool IsSame(TruthSymptom truth, FoundSymptom found)
    {
        var known = found.ExternalIds.Any(id => truth.ExternalIds.Contains(id, StringComparer.OrdinalIgnoreCase));
        if (!Names(truth).Any(n => found.Condition.Contains(n, StringComparison.OrdinalIgnoreCase))) { return false; }

        var overlaps = found.Start <= truth.End + ToleranceSeconds
            && (found.End ?? double.PositiveInfinity) >= truth.Start - ToleranceSeconds;
        return known || overlaps;
    }

    /// <summary>What a condition's text may call the truth's rule: as written, or by its last name.</summary>
    private static IEnumerable<string> Names(TruthSymptom truth) =>
        truth.Kind == "alert" ? [truth.RuleOrOperation, truth.RuleOrOperation.Split('/')[^1]] : [truth.RuleOrOperation];

    private static string Canonical(string resource) => resource.TrimEnd('/').ToLowerInvariant();
}
