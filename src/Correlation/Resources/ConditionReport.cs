using System.Collections.Immutable;
using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>All that a resource knows of one condition now; a later sequence replaces an earlier one whole.</summary>
/// <remarks>Sending one twice, or an old one after a new one, changes nothing:
/// that makes delivery to the customer safe.</remarks>
/// <param name="Resource">The resource.</param>
/// <param name="Incarnation">The resource's newest; rises when it was deleted and created under the same id. The report holds
/// what was before that too.</param>
/// <param name="Condition">The condition.</param>
/// <param name="Sequence">Rises with every report of this resource.</param>
/// <param name="Symptoms">Every symptom of the condition that may still change, by start.</param>
/// <param name="Deadline">When the resource must be woken because a time-out may end a symptom:
/// once the log time up to which every partition is durable (the watermark plus the lateness) has reached it; null for never.
/// Repetitions move the true deadline without a report: the woken resource then answers with a report that carries the later
/// one.</param>
/// <param name="Floor">Divides settled from withdrawn. A symptom known from an earlier report that is not in this one is
/// <em>settled</em> where it ended before the floor (it stays as it was last reported, for good) and <em>withdrawn</em>
/// otherwise (it is open, or ended at or after the floor: it never was, or goes on under another id).</param>
[GenerateSerializer, Immutable, Alias("condition-report")]
public sealed record ConditionReport(
    [property: Id(0)] ResourceId Resource,
    [property: Id(1)] int Incarnation,
    [property: Id(2)] Condition Condition,
    [property: Id(3)] long Sequence,
    [property: Id(4)] ImmutableArray<Symptom> Symptoms,
    [property: Id(5)] DateTimeOffset? Deadline,
    [property: Id(6)] DateTimeOffset Floor)
{
    /// <summary>This report in the place of an earlier one that nobody has taken: it says all that may still change; what was
    /// settled between the two only the earlier one says.</summary>
    public ConditionReport InPlaceOf(ConditionReport waiting)
    {
        var listed = Symptoms.Select(symptom => symptom.Id).ToHashSet();
        var settled = waiting.Symptoms.Where(symptom => !listed.Contains(symptom.Id) && symptom.End < Floor);
        return this with { Symptoms = [.. settled, .. Symptoms] };
    }
}
