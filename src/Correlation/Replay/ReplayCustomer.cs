using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Incidents;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Replay;

/// <summary>One customer of a replay: the steps of its grain, and what was sealed.</summary>
internal sealed class ReplayCustomer(CustomerSetup setup, ReplaySignals signals)
{
    /// <summary>Sealed is what ended before the watermark, not what ended at it.</summary>
    private static readonly TimeSpan JustAfter = TimeSpan.FromTicks(1);

    private readonly CustomerEngine _engine = new(setup);
    private readonly CustomerState _state = new();

    public CustomerKey Key => setup.Customer;

    public CustomerState State => _state;

    public List<ReplayedIncident> Incidents { get; } = [];

    public List<ReplayedSymptom> Alone { get; } = [];

    /// <summary>Whether time alone changes nothing any more: all is sealed, and nothing waits for its end.</summary>
    public bool IsIdle =>
        _state.Symptoms.Values.All(tracked => tracked.Sealed)
        && _state.Incidents.Values.All(incident => incident.Sealed || incident.Status == IncidentStatus.Merged);

    /// <summary>The first moment after another at which time alone could change anything: a time-out strikes, an incident is
    /// over, symptoms can be sealed. Null for never.</summary>
    public DateTimeOffset? NextMoment(DateTimeOffset after)
    {
        DateTimeOffset? next = null;
        foreach (var condition in _state.Conditions.Values)
        {
            if (condition.Deadline is { } deadline) Consider(deadline);
        }

        foreach (var tracked in _state.Symptoms.Values)
        {
            if (tracked.Sealed || tracked.Symptom.End is not { } end) continue;
            Consider(end + setup.Options.QuietTime);
            Consider(end + setup.Options.Lateness + setup.Grouping.Window + JustAfter);
        }

        return next;

        void Consider(DateTimeOffset moment)
        {
            if (moment > after && !(moment >= next)) next = moment;
        }
    }

    public void Take(IEnumerable<ConditionReport> reports, IEnumerable<Change> changes, DateTimeOffset now) =>
        Fold(_engine.Take(_state, reports, changes, now));

    /// <summary>Lets time pass.</summary>
    /// <returns>The resources that must be woken.</returns>
    public IReadOnlyList<ResourceId> Advance(LogClock clock)
    {
        Fold(_engine.Advance(_state, clock));
        return CustomerEngine.DueWakes(_state, clock);
    }

    /// <summary>Whoever is to be told of incidents is told; a replay has nobody who acts.</summary>
    public void Tell()
    {
        if (_state.Untold.IsEmpty) return;
        Fold(_engine.Told(_state, [.. _state.Untold.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new NoticeTaken(pair.Key, pair.Value, null))]));
    }

    /// <summary>Takes what is not sealed as it is now.</summary>
    public void End()
    {
        foreach (var incident in _state.Incidents.Values.Where(one => !one.Sealed && !one.Members.IsEmpty)
            .OrderBy(one => one.Id, StringComparer.Ordinal))
        {
            Keep(incident, _engine.Explain(_state, incident));
        }

        Alone.AddRange(_state.Symptoms.Values
            .Where(tracked => tracked is { Incident: null, Sealed: false } or { Suppressed: true })
            .Select(tracked => signals.Take(Key, tracked.Symptom)));
    }

    private void Fold(IReadOnlyList<CustomerEvent> events)
    {
        foreach (var decided in events)
        {
            CustomerFold.Apply(_state, decided);
            if (decided is CustomerSealed seal) Keep(seal);
        }
    }

    private void Keep(CustomerSealed seal)
    {
        foreach (var summary in seal.Incidents)
        {
            if (_state.Incidents.GetValueOrDefault(summary.Id) is { Members.IsEmpty: false } incident) Keep(incident, summary);
        }

        foreach (var id in seal.Alone)
        {
            if (_state.Symptoms.GetValueOrDefault(id) is { Suppressed: false } tracked)
                Alone.Add(signals.Take(Key, tracked.Symptom));
        }
    }

    private void Keep(Incident incident, SealedIncident summary) => Incidents.Add(new ReplayedIncident
    {
        Id = incident.Id,
        Customer = Key,
        Why = incident.Why,
        Opened = incident.Opened,
        Resolved = incident.Resolved,
        Members = [.. _state.MembersOf(incident).Select(symptom => signals.Take(Key, symptom))],
        Causes = summary.Causes,
        Changes = summary.Changes,
        Reasons = summary.Reasons,
        Degraded = incident.Degraded,
        Sealed = incident.Sealed,
    });
}
