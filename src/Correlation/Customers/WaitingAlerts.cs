using Correlation.Grouping;
using Correlation.Incidents;

namespace Correlation.Customers;

/// <summary>Which lone alerts of a customer wait before they are incidents: most of their kind end by themselves.</summary>
/// <param name="state">The customer.</param>
public sealed class WaitingAlerts(CustomerState state)
{
    private readonly OpeningHolds _holds = new(new LearnedVersions { All = state.Models });

    /// <summary>A symptom with until when it waits; as it is where it does not.</summary>
    /// <param name="tracked">The symptom.</param>
    public TrackedSymptom Told(TrackedSymptom tracked) => tracked with { WaitsUntil = Until(tracked) };

    /// <summary>Until when a symptom waits before it is an incident by itself; null where it does not.</summary>
    private DateTimeOffset? Until(TrackedSymptom tracked) =>
        tracked is { Incident: null, Suppressed: false, Sealed: false }
        && _holds.Over(tracked.Symptom) is { } over && over > state.Now
        && OpeningRule.Why([tracked.Symptom], _holds, over) is not null
            ? over
            : null;
}
