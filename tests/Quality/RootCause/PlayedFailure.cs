using Correlation.Customers;
using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Learning;
using Correlation.Replay;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Quality.RootCause;

/// <summary>A failure with the symptoms that the product makes of its alerts.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Symptoms">Its symptoms.</param>
/// <param name="Topology">Its graph.</param>
/// <param name="Names">The entities by the product's ids, as the data spells them.</param>
/// <param name="Alerts">How many alerts it has.</param>
internal sealed record PlayedFailure(
    int Id, IReadOnlyList<Symptom> Symptoms, TopologyHistory Topology, IReadOnlyDictionary<string, string> Names, int Alerts)
{
    public static PlayedFailure Play(FailureLine failure, GraphLine? graph, DateTimeOffset start)
    {
        var signals = new PlainSignals("system");
        var setup = signals.Setup((graph?.Edges ?? []).Select(edge => (edge[0], edge[1])));
        var engine = new ReplayEngine(setup);
        var nodes = graph?.Nodes.ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
        var alerts = failure.Alerts.Where(alert => alert.Count > 2 && ResourceId.TryParse(alert[1]) is not null).ToList();
        foreach (var (i, alert) in alerts.Index()) engine.Feed(Translate(signals, alert, nodes, start.AddMilliseconds(i)));
        var result = engine.Finish();
        var names = alerts.Select(alert => alert[1]).Concat(graph?.Nodes ?? [])
            .Select(name => (ResourceId.TryParse(name)?.Canonical, Name: name)).Where(one => one.Canonical is not null)
            .DistinctBy(one => one.Canonical).ToDictionary(one => one.Canonical!, one => one.Name);
        return new PlayedFailure(
            failure.Id,
            [
                .. result.Incidents.SelectMany(incident => incident.Members).Concat(result.Alone.Select(alone => alone.Symptom))
                    .Select(member => member.Symptom),
            ],
            setup.Customers.TopologyOf(CustomerKey.Parse("system"), setup.Grouping), names, failure.Alerts.Count);
    }

    /// <summary>What it teaches when it was over at a time.</summary>
    public FailureEvidence Over(DateTimeOffset time)
    {
        var first = Symptoms.Min(symptom => symptom.Start);
        return FailureEvidence.Of(
            [.. Symptoms.Select(symptom => symptom with { Start = time + (symptom.Start - first), End = time })], Topology);
    }

    /// <summary>The likeliest causes, then whatever else alerted, in order.</summary>
    public RankingLine Rank(FailureHistory history)
    {
        var causes = CauseRanking.Rank(Symptoms, [], Topology, history, new CauseOptions());
        return new RankingLine(
            Id,
            [
                .. causes.Select(cause => cause.Resource).Concat(Symptoms.Select(symptom => symptom.Resource))
                    .Select(resource => Names.GetValueOrDefault(resource.Canonical, resource.Canonical)).Distinct(),
            ],
            causes.IsEmpty ? 0 : causes[0].Score);
    }

    private static Signal Translate(PlainSignals signals, IReadOnlyList<string> alert, HashSet<string> nodes, DateTimeOffset at)
    {
        var kind = alert[0] switch
        {
            "M" => ConditionKind.Alert,
            "T" => ConditionKind.StatelessAlert,
            _ => ConditionKind.LogError,
        };
        var isCall = alert[0] == "T" && alert.Count > 3;
        var own = isCall && alert[3].Equals(alert[1], StringComparison.OrdinalIgnoreCase);
        var linked = isCall && !own && nodes.Contains(alert[3]) ? ResourceId.TryParse(alert[3]) : null;
        var by = own ? " by itself" : linked is null ? "" : $" by {linked.Canonical}";
        var condition = new PlainCondition(kind, $"{alert[0]}:{alert[2]}{by}", Severity.Error)
        {
            Linked = linked is null ? [] : [linked],
        };
        return signals.Make(at, alert[1], condition, alert[0] == "M" ? SignalRole.Open : SignalRole.Pulse);
    }
}
