using System.Collections.Immutable;
using System.Globalization;
using Correlation.Signals;

namespace Correlation.Detection;

/// <summary>Anomalies that are one failure: those that it began with, their neighbours', and what joins while it lasts.</summary>
/// <param name="Opened">The minute whose end it was known at.</param>
/// <param name="Surprises">How far each resource was off then, its worst series; indicators are symptoms and do not
/// count.</param>
public sealed record Outbreak(DateTimeOffset Opened, ImmutableSortedDictionary<ResourceId, double> Surprises)
{
    /// <summary>What its symptoms share: a cause key of signals.</summary>
    public string CauseKey { get; } = string.Create(
        CultureInfo.InvariantCulture, $"{OutbreakKey.Prefix}{Opened.UtcDateTime:yyyyMMdd'T'HHmm}");
}
