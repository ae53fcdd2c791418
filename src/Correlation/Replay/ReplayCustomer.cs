using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Grouping;
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
    private readonly GroupingHistory _settings = setup.Settings;
    private readonly CustomerState _state = new();

    public CustomerKey Key => setup.Customer;

    public CustomerState State => _state;

    public List<ReplayedIncident> Incidents { get; } = [];

    public List<ReplayedSymptom> Alone { get; } = [];

    /// <summary>Whether time alone changes nothing any more: all is sealed, and nothing waits for its end.</summary>
    public bool IsIdle =>
        _state.Symptoms.Values.All(tracked => tracked.Sealed)
        && _state.Incidents.Values.All(incident => incident.Sealed || incident.Status == IncidentStatus.Merged);

    /// <summary>The first moment at which time alone could change anything: a time-out strikes, an incident is over, symptoms
    /// can be sealed. Null for never.</summary>
    public DateTimeOffset? NextMoment { get; private set; }

    public void Take(
        IEnumerable<ConditionReport> reports, IEnumerable<Change> changes, IEnumerable<LearntLink> links, DateTimeOffset now) =>
        Fold(_engine.Take(_state, reports, changes, now, links));

    /// <summary>Lets time pass.</summary>
    /// <returns>The resources that must be woken.</returns>
    public IReadOnlyList<ResourceId> Advance(LogClock clock)
    {
        Fold(_engine.Advance(_state, clock));
        NextMoment = null;
        foreach (var condition in _state.Conditions.Values)
        {
            if (condition.Deadline > clock.Now) Wait(condition.Deadline.Value);
        }

        foreach (var tracked in _state.Symptoms.Values)
        {
            if (tracked.Sealed || tracked.Symptom.End is not { } end) continue;
            var (over, sealable) = (end + setup.Options.QuietTime, Sealable(end));
            if (over > clock.Now) Wait(over);
            else if (OpenBeyond(tracked)) Wait(clock.Now + JustAfter);
            Wait(sealable > clock.Now ? sealable : clock.Now + setup.Options.TimeStep);
        }

        if (_engine.NextOpening is { } opening) Wait(opening > clock.Now ? opening : clock.Now + JustAfter);
        return _state.DueWakes(clock);
    }

    private DateTimeOffset Sealable(DateTimeOffset end) => end + setup.Options.Lateness + _settings.Window + JustAfter;

    /// <summary>Whether a symptom's incident is still open although no symptom of it is.</summary>
    private bool OpenBeyond(TrackedSymptom tracked) =>
        tracked.Incident is { } id && _state.Incidents.GetValueOrDefault(id) is { IsOpen: true } incident
        && incident.Members.All(member => !_state.Symptoms[member].Symptom.IsOpen);

    private void Wait(DateTimeOffset moment)
    {
        if (!(moment >= NextMoment)) NextMoment = moment;
    }

    /// <summary>What was reported may end earlier than anything known.</summary>
    private void Wait(ReportsTaken taken)
    {
        foreach (var condition in taken.Conditions)
        {
            if (condition.Deadline is { } deadline) Wait(deadline);
            foreach (var symptom in condition.Put)
            {
                if (symptom.End is not { } end) continue;
                Wait(end + setup.Options.QuietTime);
                Wait(Sealable(end));
            }
        }
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
        Fold(_engine.Settle(_state));
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
            if (decided is ReportsTaken taken) Wait(taken);
        }
    }

    private void Keep(CustomerSealed seal)
    {
        foreach (var summary in seal.Incidents)
        {
            if (_state.Incidents.GetValueOrDefault(summary.Id) is not { Members.IsEmpty: false } incident) continue;
            Keep(incident, summary);
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
