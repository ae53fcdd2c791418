using System.Collections.Immutable;
using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Resources;

namespace Correlation.Customers;

/// <summary>Decides which incident each cluster is.</summary>
/// <param name="draft">The decision so far.</param>
/// <param name="clusters">The clusters of the components that were grouped anew.</param>
/// <param name="customer">The customer, for new ids.</param>
/// <param name="will">What an operator just commanded; null for nothing.</param>
/// <param name="holds">Which lone alerts wait.</param>
/// <param name="touched">The symptoms that may have changed.</param>
/// <param name="acted">The incidents on which rules acted: who got to know of one by its id finds it under that.</param>
internal sealed class Regrouping(
    Draft draft, IReadOnlyList<Cluster> clusters, CustomerKey customer, OperatorWill? will, OpeningHolds holds,
    IReadOnlySet<string> touched, IReadOnlySet<string> acted)
{
    private readonly List<IncidentOpening> _opened = [];
    private readonly List<SymptomMove> _moved = [];
    private readonly List<IncidentMerge> _merged = [];
    private readonly HashSet<string> _left = [];
    private readonly HashSet<string> _kept = [];

    /// <summary>The event that says so; null where nothing changes.</summary>
    /// <param name="now">The log time.</param>
    /// <param name="topology">Names the version of customers.json that was in force when the newest of the symptoms
    /// began.</param>
    /// <param name="losers">Incidents that lost a symptom already: one without any left is dissolved.</param>
    public Regrouped? Decide(DateTimeOffset now, TopologyHistory topology, IEnumerable<string> losers)
    {
        var changed = clusters.Where(cluster => !IsAsBefore(cluster)).ToList();
        var claims = Claims(changed);
        foreach (var cluster in changed) Settle(cluster, claims);
        var dissolved = _left.Concat(losers).Distinct().Where(IsEmptied).Order(StringComparer.Ordinal).ToImmutableArray();
        return _opened.Count + _moved.Count + _merged.Count + dissolved.Length == 0
            ? null
            : new Regrouped(
                draft.Next, now, topology.At(NewestStart()).Number, [.. _opened], [.. _moved], [.. _merged], dissolved);
    }

    /// <summary>Whether a cluster is one whole incident, or alone in none, and nothing of it may have changed. Of several that
    /// are in none nobody knows whether they were one cluster before; they may be an incident now.</summary>
    private bool IsAsBefore(Cluster cluster)
    {
        if (will is not null || cluster.Members.Any(touched.Contains)) return false;
        var home = draft.IncidentOf(cluster.Members[0]);
        return cluster.Members.Count == (home?.Members.Count ?? 1)
            && cluster.Members.All(id => draft.State.Symptoms[id].Incident == home?.Id);
    }

    /// <summary>For each cluster the incidents that go with it: an incident goes with its largest part,
    /// then its earliest.</summary>
    private ILookup<Cluster, Incident> Claims(IReadOnlyList<Cluster> changed) => changed
        .SelectMany(PartsOf).GroupBy(part => part.Incident.Id)
        .Select(parts => parts
            .OrderByDescending(part => will?.Split == part.Incident.Id && !part.Cluster.Members.Contains(will.Symptom))
            .ThenByDescending(part => part.Count).ThenBy(part => part.Start)
            .ThenBy(part => part.Cluster.Members[0], StringComparer.Ordinal).First())
        .ToLookup(part => part.Cluster, part => part.Incident);

    private IEnumerable<(Cluster Cluster, Incident Incident, int Count, DateTimeOffset Start)> PartsOf(Cluster cluster)
    {
        var homes = cluster.Members.Select(id => draft.State.Symptoms[id].Incident).OfType<string>().CountBy(home => home)
            .Where(part => draft.State.Incidents.ContainsKey(part.Key)).ToList();
        if (homes.Count == 0) return [];
        var start = StartOf(cluster);
        return homes.Select(part => (cluster, draft.State.Incidents[part.Key], part.Value, start));
    }

    private void Settle(Cluster cluster, ILookup<Cluster, Incident> claims)
    {
        var claimants = claims[cluster]
            .OrderByDescending(incident => incident.Id == will?.Survivor)
            .ThenByDescending(incident => incident.Touched)
            .ThenByDescending(incident => acted.Contains(incident.Id))
            .ThenBy(incident => incident.Opened)
            .ThenBy(incident => incident.Id.Length)
            .ThenBy(incident => incident.Id, StringComparer.Ordinal)
            .ToList();
        var forced = will?.Split is not null && cluster.Members.Contains(will.Symptom);
        var why = OpeningRule.Why(SymptomsOf(cluster), holds, draft.State.Now);
        string? home = null;
        if (claimants.Count > 0 && (why is not null || claimants.Any(incident => incident.Touched)))
        {
            home = claimants[0].Id;
            _kept.Add(home);
            var reason = will?.Survivor == home ? "by an operator" : "their symptoms belong together";
            _merged.AddRange(claimants.Skip(1).Select(gone => new IncidentMerge(gone.Id, home, reason)));
        }
        else if (claimants.Count == 0 && (why is not null || forced))
        {
            home = Open(cluster, why ?? "taken out by an operator", forced ? will!.Actor : null);
        }

        foreach (var id in cluster.Members.Where(id => draft.State.Symptoms[id].Incident != home))
        {
            if (draft.State.Symptoms[id].Incident is { } left) _left.Add(left);
            _moved.Add(new SymptomMove(id, home));
        }
    }

    private string Open(Cluster cluster, string why, string? actor)
    {
        var id = $"{customer}.i{draft.State.LastIncident + _opened.Count + 1}";
        var origin = cluster.Members.Select(draft.IncidentOf).OfType<Incident>().MinBy(incident => incident.Opened)?.Id;
        _opened.Add(new IncidentOpening(id, why, origin, actor, actor is null ? KnownAt(cluster) : null));
        return id;
    }

    /// <summary>When the symptoms known by then were an incident for the first time; a decision may come later, and all at once
    /// where a recorded day is read at full speed.</summary>
    private DateTimeOffset? KnownAt(Cluster cluster)
    {
        var byTime = SymptomsOf(cluster).OrderBy(symptom => symptom.Known).ToList();
        var known = 0;
        foreach (var moment in byTime.SelectMany(holds.Moments).Where(moment => moment < draft.State.Now).Distinct().Order())
        {
            while (known < byTime.Count && byTime[known].Known <= moment) known++;
            if (OpeningRule.Why(byTime[..known], holds, moment) is not null) return moment;
        }

        return draft.State.Now;
    }

    private bool IsEmptied(string id)
    {
        if (_kept.Contains(id) || _merged.Any(merge => merge.From == id)) return false;
        var incident = draft.State.Incidents.GetValueOrDefault(id);
        if (incident is not { IsOpen: true }) return false;
        var gone = _moved.Where(move => incident.Members.Contains(move.Symptom)).Select(move => move.Symptom);
        return incident.Members.Except(gone).IsEmpty && !_moved.Any(move => move.Incident == id);
    }

    private List<Symptom> SymptomsOf(Cluster cluster) =>
        [.. cluster.Members.Select(id => draft.State.Symptoms[id].Symptom)];

    private DateTimeOffset NewestStart() => clusters.SelectMany(cluster => cluster.Members)
        .Select(id => draft.State.Symptoms[id].Symptom.Start).DefaultIfEmpty(draft.State.Now).Max();

    private DateTimeOffset StartOf(Cluster cluster) => cluster.Members.Min(id => draft.State.Symptoms[id].Symptom.Start);
}

/// <summary>What an operator just commanded.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Survivor">The incident that survives a merge; null for a split.</param>
/// <param name="Split">The incident that is split; null for a merge.</param>
/// <param name="Symptom">A symptom of the part that is taken out.</param>
internal sealed record OperatorWill(string Actor, string? Survivor, string? Split, string Symptom);
