using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>One signal of a symptom, enough to find it again here and in Azure.</summary>
/// <param name="Position">Its position.</param>
/// <param name="ExternalId">alertId, eventDataId or the like; null where the record has none.</param>
/// <param name="Role">What it did.</param>
/// <param name="EventTime">When it says it happened.</param>
[GenerateSerializer, Immutable, Alias("signal-reference")]
public sealed record SignalReference(
    [property: Id(0)] Position Position,
    [property: Id(1)] string? ExternalId,
    [property: Id(2)] SignalRole Role,
    [property: Id(3)] DateTimeOffset EventTime);
