using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Incidents;

/// <summary>What of an incident Azure's own events account for: the health of a resource for itself, an event of the platform
/// for what lies in its subscription and, where both regions are known, its region.</summary>
internal sealed class PlatformEvents(IReadOnlyCollection<Symptom> symptoms)
{
    /// <summary>The share of the other resources that what Azure says on a resource covers, and in which words; null where it
    /// says nothing on it.</summary>
    /// <param name="resource">A resource of the incident.</param>
    /// <param name="own">Its symptoms.</param>
    public (double Share, string Text)? Of(ResourceId resource, List<Symptom> own)
    {
        if (own.Exists(symptom => symptom.Condition.Kind == ConditionKind.ResourceHealth))
            return (1, "Azure says that its health was lost");
        var events = own.FindAll(symptom => symptom.Condition.Kind == ConditionKind.ServiceHealth);
        if (events.Count == 0) return null;
        var others = symptoms.Where(symptom => !symptom.Resource.Equals(resource))
            .GroupBy(symptom => symptom.Resource).ToList();
        var covered = others.Count(other => other.Any(symptom => events.Exists(one => Covers(one, symptom))));
        return others.Count == 0 ? (1, "an event of Azure's platform")
            : ((double)covered / others.Count,
                FormattableString.Invariant($"an event of Azure's platform covers {covered} of the {others.Count} others"));
    }

    private static bool Covers(Symptom platform, Symptom other) =>
        platform.Resource.Subscription == other.Resource.Subscription
        && (string.IsNullOrEmpty(platform.Region) || string.IsNullOrEmpty(other.Region) || platform.Region == other.Region);
}
