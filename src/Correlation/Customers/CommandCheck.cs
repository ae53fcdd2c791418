using Correlation.Incidents;

namespace Correlation.Customers;

/// <summary>What a command leads to.</summary>
/// <param name="Events">The events to store; none for a command that was refused or done before.</param>
/// <param name="Answer">The answer, once they are stored.</param>
public sealed record CommandDecision(IReadOnlyList<CustomerEvent> Events, CommandAnswer Answer);

/// <summary>Whether a command can be carried out.</summary>
internal static class CommandCheck
{
    /// <summary>Checks a command: its incident and the other of a merge, or the answer that ends it here.</summary>
    public static (Incident? Incident, Incident? Other, CommandAnswer? Refusal) Check(
        CustomerState state, IncidentCommand command)
    {
        var incident = state.Answering(command.Incident);
        if (incident is null) return (null, null, new CommandAnswer(CommandOutcome.NotFound, command.Incident, 0, ""));
        if (state.Commands.Any(done => done.CommandId == command.CommandId))
        {
            return (null, null, new CommandAnswer(CommandOutcome.Done, incident.Id, incident.Version, ""));
        }

        if (incident.Id != command.Incident || incident.Version != command.Version)
        {
            return (null, null, new CommandAnswer(CommandOutcome.Stale, incident.Id, incident.Version, ""));
        }

        var other = command.Verb == IncidentVerb.Merge ? state.Answering(command.Argument ?? "") : null;
        var refusal = Why(incident, other, command) ?? OperatorCauses.Why(state, command);
        return refusal is { } why ? (null, null, Refused(incident, why)) : (incident, other, null);
    }

    /// <summary>The answer that refuses a command.</summary>
    public static CommandAnswer Refused(Incident incident, string why) =>
        new(CommandOutcome.Refused, incident.Id, incident.Version, why);

    private static string? Why(Incident incident, Incident? other, IncidentCommand command)
    {
        if (string.IsNullOrWhiteSpace(command.Actor)) return "a command names its actor";
        if (command.Argument?.Length > CustomerLimits.Argument)
            return $"the argument is longer than {CustomerLimits.Argument} characters";
        return command.Verb switch
        {
            IncidentVerb.Acknowledge when !incident.IsOpen => "it is not open",
            IncidentVerb.Assign when string.IsNullOrWhiteSpace(command.Argument) => "it names nobody",
            IncidentVerb.Note when string.IsNullOrWhiteSpace(command.Argument) => "the note is empty",
            IncidentVerb.Snooze when command.Until is null => "it names no time",
            IncidentVerb.Resolve when !incident.IsOpen => "it is resolved already",
            IncidentVerb.Reopen when incident.IsOpen => "it is open already",
            IncidentVerb.Reopen when incident.Sealed => "it is sealed: its symptoms change no more",
            IncidentVerb.Merge => Merge(incident, other),
            IncidentVerb.Split => Split(incident, command),
            _ => null,
        };
    }

    private static string? Merge(Incident incident, Incident? other)
    {
        if (other is null) return "there is no such other incident";
        if (other.Id == incident.Id) return "the two are one already";
        if (other.Sealed || incident.Sealed) return "the symptoms of a sealed incident change no more";
        return other.Members.IsEmpty || incident.Members.IsEmpty ? "one of the two holds no symptoms" : null;
    }

    private static string? Split(Incident incident, IncidentCommand command)
    {
        if (incident.Sealed) return "the symptoms of a sealed incident change no more";
        if (command.Symptoms.IsDefaultOrEmpty) return "it names no symptoms";
        if (command.Symptoms.Any(id => !incident.Members.Contains(id)))
            return "it names symptoms that the incident does not hold";
        return command.Symptoms.Distinct().Count() == incident.Members.Count ? "nothing would be left" : null;
    }
}
