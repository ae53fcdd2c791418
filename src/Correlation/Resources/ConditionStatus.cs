using System.Collections.Immutable;
using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>One condition of a resource, for whoever looks.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Symptoms">Its symptoms that may still change, by start.</param>
/// <param name="Facts">How many facts are kept of it.</param>
/// <param name="Deadline">When a time-out may end it; null for never.</param>
public sealed record ConditionStatus(Condition Condition, ImmutableArray<Symptom> Symptoms, int Facts, DateTimeOffset? Deadline)
{
    /// <summary>Whether it is open.</summary>
    public bool Open => Symptoms.Any(symptom => symptom.IsOpen);

    /// <summary>Whether it comes and goes.</summary>
    public bool Flapping => Symptoms.Any(symptom => symptom.Flapping);
}
