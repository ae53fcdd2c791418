using Correlation.Incidents;

namespace Correlation.Customers;

/// <summary>Folds operators' commands.</summary>
internal static class CommandFold
{
    /// <summary>Folds <see cref="Commanded"/>; what a merge or split does to the members comes as <see cref="Regrouped"/> after
    /// it.</summary>
    public static void Command(CustomerState state, Commanded commanded)
    {
        var command = commanded.Command;
        var incidents = new IncidentEditor(state);
        incidents.Edit(command.Incident, incident => Carry(state, incident with { Touched = true }, command, commanded.Now)
            .Noting(commanded.Now, "command", Text(command), command.Actor));
        incidents.Commit();
        state.Constraints = state.Constraints.RemoveRange(commanded.Removed).AddRange(commanded.Added);
        state.Commands = state.Commands.Add(new DoneCommand(command.CommandId, command.Incident));
        FailureFold.Told(state, command.Incident);
        if (state.Commands.Count > CustomerLimits.Commands) state.Commands = state.Commands.RemoveAt(0);
    }

    private static Incident Carry(CustomerState state, Incident incident, IncidentCommand command, DateTimeOffset now) =>
        command.Verb switch
    {
        IncidentVerb.Acknowledge => incident with { AcknowledgedBy = command.Actor, Status = IncidentStatus.Acknowledged },
        IncidentVerb.Assign => incident with { Assignee = command.Argument },
        IncidentVerb.Snooze => incident with { SnoozedUntil = command.Until },
        IncidentVerb.Resolve => incident with
        {
            Status = IncidentStatus.Resolved,
            Resolved = now,
            Held = false,
            Ignored = [.. incident.Members.Where(id => state.Symptoms[id].Symptom.IsOpen)],
        },
        IncidentVerb.Reopen => incident with
        {
            Status = IncidentFold.OpenStatus(incident),
            Resolved = null,
            Held = true,
            Ignored = [],
        },
        IncidentVerb.Cause => OperatorCauses.Told(incident, command, now),
        _ => incident,
    };

    private static string Text(IncidentCommand command) => command.Verb switch
    {
        IncidentVerb.Assign => $"assigned to {command.Argument}",
        IncidentVerb.Note => command.Argument ?? "",
        IncidentVerb.Snooze => $"snoozed until {command.Until:O}",
        IncidentVerb.Merge => $"merge of {command.Argument}",
        IncidentVerb.Cause => $"the cause was {command.Argument}",
        IncidentVerb.Split => $"split of {command.Symptoms.Length} symptoms",
        _ => command.Verb.ToString().ToLowerInvariant(),
    };
}
