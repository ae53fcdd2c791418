using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Resources;

namespace Correlation.Incidents;

/// <summary>What a text of an operator means at a customer: symptoms, perhaps as an incident, or a change, or nothing.</summary>
/// <param name="Kind">As in <see cref="ExplainedThing"/>.</param>
/// <param name="Id">Its id.</param>
/// <param name="Title">One line for people, bounded.</param>
/// <param name="Symptoms">Its symptoms, newest first; of an incident oldest first.</param>
internal sealed record Thing(string Kind, string Id, string Title, ImmutableArray<TrackedSymptom> Symptoms)
{
    /// <summary>The incident that it is; null where it is none.</summary>
    public Incident? Incident { get; init; }

    /// <summary>The change that it is; null where it is none.</summary>
    public Change? Change { get; init; }

    /// <summary>Its symptoms that no maintenance window suppresses.</summary>
    public IEnumerable<TrackedSymptom> Counting => Symptoms.Where(tracked => !tracked.Suppressed);

    /// <summary>It as an explanation shows it.</summary>
    public ExplainedThing Shown() => new(
        Kind, Id, Title, Symptoms.Length, Incident?.Id ?? Symptoms.FirstOrDefault(one => one.Incident is not null)?.Incident);
}
