using Correlation.Incidents;

namespace Correlation.Customers;

/// <summary>Folds what grouping and time did to incidents.</summary>
internal static class IncidentFold
{
    /// <summary>Folds <see cref="Regrouped"/>.</summary>
    public static void Regroup(CustomerState state, Regrouped regrouped)
    {
        var incidents = new IncidentEditor(state);
        foreach (var opening in regrouped.Opened) Open(state, opening, regrouped.Now, incidents);
        foreach (var move in regrouped.Moved) Move(state, move, regrouped.Now, incidents);
        foreach (var merge in regrouped.Merged) Merge(state, merge, regrouped.Now, incidents);
        foreach (var id in regrouped.Dissolved)
        {
            incidents.Edit(id, incident => (incident with
            {
                Status = IncidentStatus.Resolved,
                Resolved = incident.Resolved ?? regrouped.Now,
                EvidenceAt = regrouped.Now,
            }).Noting(regrouped.Now, "resolved", "dissolved: what is left of it is no incident", null));
        }

        incidents.Commit();
    }

    /// <summary>Folds <see cref="StatusMoved"/>.</summary>
    public static void Status(CustomerState state, StatusMoved moved)
    {
        var incidents = new IncidentEditor(state);
        foreach (var step in moved.Steps)
        {
            incidents.Edit(step.Incident, incident => step.Resolved is { } resolved
                ? (incident with { Status = IncidentStatus.Resolved, Resolved = resolved })
                    .Noting(step.At ?? moved.Now, "resolved", step.Why, null)
                : (incident with { Status = OpenStatus(incident), Resolved = null, Ignored = [], EvidenceAt = moved.Now })
                    .Noting(step.At ?? moved.Now, "reopened", step.Why, null));
        }

        incidents.Commit();
    }

    /// <summary>How an incident is open: as it was taken before, if it was.</summary>
    public static IncidentStatus OpenStatus(Incident incident) =>
        incident.AcknowledgedBy is null ? IncidentStatus.Open : IncidentStatus.Acknowledged;

    private static void Open(CustomerState state, IncidentOpening opening, DateTimeOffset now, IncidentEditor incidents)
    {
        state.LastIncident++;
        var incident = new Incident
        {
            Id = opening.Id,
            Why = opening.Why,
            Opened = opening.At ?? now,
            EvidenceAt = now,
            Touched = opening.Actor is not null,
        };
        var kind = opening.SplitFrom is null ? "opened" : "split";
        var text = opening.SplitFrom is null ? opening.Why : $"split from {opening.SplitFrom}: {opening.Why}";
        incidents.Add(incident.Noting(incident.Opened, kind, text, opening.Actor));
        incidents.Edit(opening.SplitFrom, left => left.Noting(now, "split", $"{opening.Id} was split off", opening.Actor));
    }

    private static void Move(CustomerState state, SymptomMove move, DateTimeOffset now, IncidentEditor incidents)
    {
        if (!state.Symptoms.TryGetValue(move.Symptom, out var tracked)) return;
        var symptom = tracked.Symptom;
        incidents.Edit(tracked.Incident, left =>
            (left with { Members = left.Members.Remove(symptom.Id), EvidenceAt = now })
                .Noting(now, "symptomLeft", symptom.Title, null, symptom.Resource));
        incidents.Edit(move.Incident, to =>
        {
            var degraded = to.Degraded || symptom.Degraded;
            var joined = (to with { Members = to.Members.Add(symptom.Id), EvidenceAt = now, Degraded = degraded })
                .Noting(symptom.Start, "symptomStarted", symptom.Title, null, symptom.Resource);
            return symptom.End is { } end ? joined.Noting(end, "symptomEnded", symptom.Title, null, symptom.Resource) : joined;
        });
        state.Symptoms = state.Symptoms.SetItem(symptom.Id, tracked with { Incident = move.Incident });
    }

    private static void Merge(CustomerState state, IncidentMerge merge, DateTimeOffset now, IncidentEditor incidents)
    {
        var from = state.Incidents.GetValueOrDefault(merge.From);
        incidents.Edit(
            merge.From,
            gone => (gone with { Status = IncidentStatus.Merged, MergedInto = merge.Into, EvidenceAt = now })
                .Noting(now, "merged", $"merged into {merge.Into}: {merge.Why}", null));
        incidents.Edit(merge.Into, kept =>
        {
            var taken = kept with
            {
                AcknowledgedBy = kept.AcknowledgedBy ?? from?.AcknowledgedBy,
                Assignee = kept.Assignee ?? from?.Assignee,
                Touched = kept.Touched || from?.Touched == true,
                Degraded = kept.Degraded || from?.Degraded == true,
                Ignored = kept.Ignored.Union(from?.Ignored ?? []),
                Told = OperatorCauses.Joined(kept, from),
            };
            var status = taken.IsOpen ? OpenStatus(taken) : taken.Status;
            return (taken with { Status = status }).Noting(now, "merged", $"{merge.From} merged into this: {merge.Why}", null);
        });
    }
}
