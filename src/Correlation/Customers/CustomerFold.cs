using System.Collections.Immutable;
using Correlation.Incidents;
using Correlation.Resources;

namespace Correlation.Customers;

/// <summary>Folds events into a customer's state.</summary>
public static class CustomerFold
{
    /// <summary>Makes an event true of a state. Never fails for an event that was ever appended.</summary>
    public static void Apply(CustomerState state, CustomerEvent stored)
    {
        state.Revision++;
        if (stored.Now > state.Now) state.Now = stored.Now;
        switch (stored)
        {
            case ReportsTaken taken: Reports(state, taken); break;
            case SuppressionMoved moved: Suppression(state, moved); break;
            case Regrouped regrouped: IncidentFold.Regroup(state, regrouped); break;
            case StatusMoved moved: IncidentFold.Status(state, moved); break;
            case Commanded commanded: CommandFold.Command(state, commanded); break;
            case CustomerSealed seal: SealFold.Seal(state, seal); break;
            case TimeNoted time: Time(state, time); break;
            case ResourcesMet met: foreach (var resource in met.Resources) Know(state, resource); break;
            case HealthNoted health: state.Verdict = health.Verdict; break;
            case NoticesTaken notices: Notices(state, notices); break;
            case MaintenanceSet maintenance: state.Maintenance = maintenance.Windows; break;
        }
    }

    private static void Reports(CustomerState state, ReportsTaken taken)
    {
        var incidents = new IncidentEditor(state);
        foreach (var condition in taken.Conditions) Condition(state, condition, taken.Now, incidents);
        incidents.Commit();
        state.Changes = state.Changes.AddRange(taken.Changes);
        if (state.Changes.Count > CustomerLimits.Changes)
        {
            state.Changes = state.Changes.RemoveRange(0, state.Changes.Count - CustomerLimits.Changes);
        }

        foreach (var change in taken.Changes) Know(state, change.Resource.Canonical);
        DiscoveredTopology.Take(state, taken.Learnt);
        state.Clock = HeardOf(state.Clock, taken);
    }

    /// <summary>A report may come because time passed: input is what a signal behind it was stored at.</summary>
    private static LogClock HeardOf(LogClock clock, ReportsTaken taken)
    {
        var heard = taken.Conditions.SelectMany(condition => condition.Put).Select(symptom => symptom.Known)
            .Append(clock.LastInput).Max();
        return clock with { Now = taken.Now > clock.Now ? taken.Now : clock.Now, LastInput = heard };
    }

    private static void Condition(CustomerState state, ConditionTaken taken, DateTimeOffset now, IncidentEditor incidents)
    {
        var known = state.Conditions.GetValueOrDefault(taken.Key)?.Symptoms ?? [];
        var heirs = new Dictionary<string, string>();
        foreach (var gone in taken.Withdrawn) Withdraw(state, gone, now, heirs, incidents);
        foreach (var symptom in taken.Put) Put(state, symptom, now, heirs, incidents);
        var ids = known.Except(taken.Withdrawn.Select(gone => gone.Id)).Union(taken.Put.Select(symptom => symptom.Id));
        var tracked = new TrackedCondition(taken.Resource, taken.Sequence, taken.Deadline, [.. ids], now);
        state.Conditions = state.Conditions.SetItem(taken.Key, tracked);
        Know(state, taken.Resource.Canonical);
    }

    private static void Withdraw(
        CustomerState state, WithdrawnSymptom gone, DateTimeOffset now, Dictionary<string, string> heirs,
        IncidentEditor incidents)
    {
        if (!state.Symptoms.TryGetValue(gone.Id, out var tracked)) return;
        state.Symptoms = state.Symptoms.Remove(gone.Id);
        state.Reported--;
        if (gone.Successor is { } heir)
        {
            if (tracked.Incident is { } incident) heirs.TryAdd(heir, incident);
            state.Constraints = [.. state.Constraints.Select(pair => pair with
            {
                A = pair.A == gone.Id ? heir : pair.A,
                B = pair.B == gone.Id ? heir : pair.B,
            })];
        }
        else
        {
            state.Constraints = state.Constraints.RemoveAll(pair => pair.A == gone.Id || pair.B == gone.Id);
        }

        incidents.Edit(tracked.Incident, incident => incident with
        {
            Members = incident.Members.Remove(gone.Id),
            EvidenceAt = now,
            Ignored = gone.Successor is { } next && incident.Ignored.Contains(gone.Id)
                ? incident.Ignored.Add(next) : incident.Ignored,
        });
        if (gone.Successor is not null) return;
        incidents.Edit(tracked.Incident, incident =>
            incident.Noting(now, "symptomWithdrawn", tracked.Symptom.Title, null, tracked.Symptom.Resource));
    }

    private static void Put(
        CustomerState state, Symptom symptom, DateTimeOffset now, Dictionary<string, string> heirs, IncidentEditor incidents)
    {
        if (!state.Symptoms.TryGetValue(symptom.Id, out var before))
        {
            var inherited = heirs.GetValueOrDefault(symptom.Id);
            state.Symptoms = state.Symptoms.Add(symptom.Id, new TrackedSymptom(symptom, inherited, false, false));
            state.Reported++;
            incidents.Edit(inherited, incident => incident with { Members = incident.Members.Add(symptom.Id), EvidenceAt = now });
            return;
        }

        state.Symptoms = state.Symptoms.SetItem(symptom.Id, before with { Symptom = symptom });
        if (before.Symptom.End == symptom.End && before.Symptom.Severity == symptom.Severity) return;
        incidents.Edit(before.Incident, incident => Noted(incident, before.Symptom, symptom) with { EvidenceAt = now });
    }

    private static Incident Noted(Incident incident, Symptom before, Symptom now)
    {
        if (before.IsOpen == now.IsOpen) return incident;
        return now.End is { } end
            ? incident.Noting(end, "symptomEnded", now.Title, null, now.Resource)
            : incident.Noting(now.Start, "symptomStarted", now.Title, null, now.Resource);
    }

    private static void Suppression(CustomerState state, SuppressionMoved moved)
    {
        var incidents = new IncidentEditor(state);
        foreach (var id in moved.Suppressed)
        {
            if (!state.Symptoms.TryGetValue(id, out var tracked)) continue;
            incidents.Edit(tracked.Incident,
                incident => incident with { Members = incident.Members.Remove(id), EvidenceAt = moved.Now });
            state.Symptoms = state.Symptoms.SetItem(id, tracked with { Suppressed = true, Incident = null });
        }

        foreach (var id in moved.Raised)
        {
            if (state.Symptoms.TryGetValue(id, out var tracked))
            {
                state.Symptoms = state.Symptoms.SetItem(id, tracked with { Suppressed = false });
            }
        }

        incidents.Commit();
    }

    private static void Time(CustomerState state, TimeNoted time)
    {
        state.Clock = time.Clock;
        state.UsualGap = time.UsualGap;
        ModelLearning.Take(state, time.Learned);
        DiscoveredTopology.Take(state, time.Edges);
        DiscoveredTopology.Forget(state);
    }

    private static void Notices(CustomerState state, NoticesTaken taken)
    {
        foreach (var notice in taken.Notices)
        {
            if (state.Untold.TryGetValue(notice.Incident, out var version) && version <= notice.Version)
            {
                state.Untold = state.Untold.Remove(notice.Incident);
            }

            if (notice.Problem is { } problem && state.Incidents.TryGetValue(notice.Incident, out var incident))
            {
                state.Incidents = state.Incidents.SetItem(incident.Id, incident with { Problem = problem });
            }
        }
    }

    private static void Know(CustomerState state, string resource)
    {
        if (state.Resources.Count < CustomerLimits.Resources) state.Resources = state.Resources.Add(resource);
    }
}
