using System.Collections.Immutable;
using Correlation.Incidents;
using Correlation.Learning;
using Correlation.Signals;

namespace Correlation.Customers;

/// <summary>What operators say of the causes of incidents.</summary>
internal static class OperatorCauses
{
    /// <summary>Why a word makes no sense; null where it does, and for other commands. A cause need not have had a signal, but a
    /// bare name that none ever had is a slip.</summary>
    public static string? Why(CustomerState state, IncidentCommand command)
    {
        if (command.Verb != IncidentVerb.Cause) return null;
        if (string.IsNullOrWhiteSpace(command.Argument)) return "it names no resource";
        if (ResourceId.TryParse(command.Argument) is not { } id) return "what it names is no resource's id";
        return id.IsArm || state.Resources.Contains(id.Canonical)
            ? null : "it is neither an ARM id nor the name of a resource of this customer";
    }

    /// <summary>An incident with one more word.</summary>
    public static Incident Told(Incident incident, IncidentCommand command, DateTimeOffset now) =>
        ResourceId.TryParse(command.Argument ?? "") is { } resource
            ? incident with { Told = Newest(incident.Told.Add(new ToldCause(resource, command.Actor, now))) }
            : incident;

    /// <summary>The words on two incidents that are one now.</summary>
    public static ImmutableArray<ToldCause> Joined(Incident kept, Incident? other) => other is null || other.Told.IsEmpty
        ? kept.Told
        : Newest([.. kept.Told.Concat(other.Told).OrderBy(told => told.At).ThenBy(told => told.Resource)]);

    /// <summary>The causes with the last word before all others, which keep what they were given.</summary>
    public static ImmutableArray<RankedCause> First(Incident incident, ImmutableArray<RankedCause> ranked)
    {
        if (incident.Told.IsEmpty) return ranked;
        var told = incident.Told[^1];
        var known = ranked.FirstOrDefault(cause => cause.Resource.Equals(told.Resource));
        var first = new RankedCause(told.Resource, 1, [$"{told.Actor} said that it was the cause", .. known?.Reasons ?? []]);
        return [first, .. ranked.Where(cause => cause != known)];
    }

    /// <summary>What explains an incident, with the last word before all other causes.</summary>
    public static SealedIncident First(Incident incident, SealedIncident why) =>
        why with { Causes = First(incident, why.Causes) };

    private static ImmutableArray<ToldCause> Newest(ImmutableArray<ToldCause> told) =>
        told.Length > CustomerLimits.ToldCauses ? told[^CustomerLimits.ToldCauses..] : told;
}
