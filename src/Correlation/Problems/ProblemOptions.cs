using System.ComponentModel.DataAnnotations;

namespace Correlation.Problems;

/// <summary>When something counts as recurring, what it costs, and how much of it is kept.</summary>
public sealed class ProblemOptions
{
    /// <summary>How far apart two occurrences may be to open a problem.</summary>
    /// <value>30 days.</value>
    [Range(typeof(TimeSpan), "01:00:00", "400.00:00:00")]
    public TimeSpan RecurrenceWindow { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long an occurrence is kept one by one; older ones live on in their problem's totals.</summary>
    /// <value>90 days.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "4000.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>The work that each occurrence makes for people, whatever its length.</summary>
    /// <value>15 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan HandlingTime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Of one occurrence's duration at most so much counts as cost, so that a forgotten alert is not the
    /// dearest.</summary>
    /// <value>24 hours.</value>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan CountedDurationMax { get; set; } = TimeSpan.FromHours(24);

    /// <summary>A fix has held once the problem stayed away for so many of its usual periods.</summary>
    /// <value>3.</value>
    [Range(1, 100)]
    public int HoldPeriods { get; set; } = 3;

    /// <summary>A fix is not said to hold before this time is over, however short the period.</summary>
    /// <value>24 hours.</value>
    [Range(typeof(TimeSpan), "00:01:00", "90.00:00:00")]
    public TimeSpan HoldMinimum { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How many occurrences a customer's state keeps; the oldest are forgotten beyond it.</summary>
    /// <value>1,000.</value>
    [Range(10, 100_000)]
    public int OccurrencesMax { get; set; } = 1_000;

    /// <summary>How many problems a customer may have; none is opened beyond it, and each one refused is counted.</summary>
    /// <value>500.</value>
    [Range(1, 10_000)]
    public int ProblemsMax { get; set; } = 500;
}
