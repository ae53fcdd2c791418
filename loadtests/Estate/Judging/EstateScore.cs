namespace Correlation.Estate;

/// <summary>
/// How well incidents, given by the ids of their signals, fit an estate's truth. A symptom is in the incident that holds
/// most of
/// its ids, alone where none does; noise belongs with nothing.
/// </summary>
/// <param name="Pairs">The pairs of all symptoms.</param>
/// <param name="Failures">Each failure that deserves an incident.</param>
/// <param name="Incidents">How many incidents there are.</param>
/// <param name="False">How many of them hold no symptom of any failure that deserves one.</param>
/// <param name="AcrossCustomers">How many of them hold symptoms of two customers.</param>
public sealed record EstateScore(
    PairCounts Pairs, IReadOnlyList<FailureScore> Failures, int Incidents, int False, int AcrossCustomers)
{
    /// <summary>The mean over kinds of the mean F1 of a kind's failures, each failure's F1 that of its pairs.</summary>
    public double MacroF1 => Failures.GroupBy(f => f.Kind).Average(kind => kind.Average(f => f.F1));

    /// <summary>The share of the failures whose cause is among the first so many of its main incident.</summary>
    /// <param name="first">How many are looked at.</param>
    public double CauseTop(int first) => Failures.Average(f => f.CauseRank > 0 && f.CauseRank <= first ? 1.0 : 0);

    /// <summary>The share of the guilty changes that are among the first so many of the main incident.</summary>
    /// <param name="first">How many are looked at.</param>
    public double ChangeTop(int first) => Failures.Where(f => f.HasChange)
        .Select(f => f.ChangeRank > 0 && f.ChangeRank <= first ? 1.0 : 0)
        .DefaultIfEmpty(double.NaN).Average();

    /// <summary>Judges incidents.</summary>
    /// <param name="truth">The truth.</param>
    /// <param name="incidents">The incidents; an id in two of them counts for the first.</param>
    /// <param name="of">Which symptoms are looked at; null for all.</param>
    public static EstateScore Of(
        Truth truth, IReadOnlyList<SignalIncident> incidents, Func<TruthSymptom, bool>? of = null)
    {
        var holder = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var incident in incidents)
        {
            foreach (var id in incident.Members) { holder.TryAdd(id, incident.Id); }
        }

        var members = Members(truth, of ?? (_ => true)).Select((m, i) => new Member(m.Failure, m.Customer, m.Symptom,
            HolderOf(m.Symptom, holder) ?? $"alone {i}", m.Failure?.Id ?? $"noise {i}")).ToList();
        var byId = incidents.GroupBy(i => i.Id).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var sizes = members.GroupBy(m => m.Found).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var failures = members.Where(m => m.Failure is { MinIncidents: > 0 }).GroupBy(m => m.Failure!)
            .Select(group => FailureScore.Of(group.Key, [.. group.Select(m => m.Found)], sizes, byId)).ToList();
        var deserved = Ids(members.Where(m => m.Failure is { MinIncidents: > 0 }));
        var owners = members.SelectMany(m => m.Symptom.ExternalIds.Select(id => (id, m.Customer)))
            .DistinctBy(x => x.id, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(x => x.id, x => x.Customer, StringComparer.OrdinalIgnoreCase);
        return new EstateScore(
            PairCounts.Of(members.Where(m => m.Failure is null or { MinIncidents: > 0 }).Select(m => (m.True, m.Found))),
            failures,
            incidents.Count,
            incidents.Count(i => !i.Members.Any(deserved.Contains)),
            incidents.Count(i => i.Members.Select(id => owners.GetValueOrDefault(id)).OfType<string>().Distinct().Count() > 1));
    }

    /// <summary>Symptoms that an alert tells of.</summary>
    public static bool IsAlert(TruthSymptom symptom) =>
        symptom.ExternalIds.Any(id => id.Contains("/alerts/", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<(TruthFailure? Failure, string Customer, TruthSymptom Symptom)> Members(
        Truth truth, Func<TruthSymptom, bool> of)
    {
        var owner = truth.Customers.SelectMany(c => c.Subscriptions.Select(s => (s, c.Key))).ToDictionary(x => x.s, x => x.Key);
        return truth.Failures.SelectMany(f => f.Symptoms.Where(of).Select(s => ((TruthFailure?)f, f.Customer, s)))
            .Concat(truth.Noise.Where(of).Select(s => ((TruthFailure?)null, owner[s.Resource.Split('/')[2]], s)));
    }

    private static string? HolderOf(TruthSymptom symptom, Dictionary<string, string> holder) => symptom.ExternalIds
        .Select(id => holder.GetValueOrDefault(id)).OfType<string>().GroupBy(id => id)
        .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;

    private static HashSet<string> Ids(IEnumerable<Member> members) =>
        members.SelectMany(m => m.Symptom.ExternalIds).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>A symptom, the group it belongs to and the one it was put in.</summary>
    private sealed record Member(TruthFailure? Failure, string Customer, TruthSymptom Symptom, string Found, string True);
}
