using Correlation.Signals;

namespace Correlation.Problems;

/// <summary>What a problem costs, for ranking; in hours of a Warning's weight. See ARCHITECTURE.md, "Cost of a
/// problem".</summary>
public static class ProblemCost
{
    /// <summary>What an hour of a severity counts.</summary>
    public static double WeightOf(Severity severity) => severity switch
    {
        Severity.Critical => 4,
        Severity.Error => 2,
        Severity.Warning => 1,
        Severity.Informational => 0.25,
        Severity.Verbose => 0.1,
        _ => 0.5,
    };

    /// <summary>The cost of one occurrence: its hours, at most the counted ones, by its severity, and the handling
    /// time.</summary>
    public static double Of(Occurrence occurrence, DateTimeOffset now, ProblemOptions options)
    {
        var duration = occurrence.DurationAt(now);
        var counted = duration < options.CountedDurationMax ? duration : options.CountedDurationMax;
        return (counted.TotalHours * WeightOf(occurrence.Severity)) + options.HandlingTime.TotalHours;
    }
}
