using System.ComponentModel.DataAnnotations;

namespace Correlation.Remediation;

/// <summary>The limits of the safety kernel.</summary>
public sealed class RemediationOptions
{
    /// <summary>How many resources one rule acts on for one incident; the others are left alone.</summary>
    /// <value>10.</value>
    [Range(1, 1_000)]
    public int TargetsMax { get; set; } = 10;

    /// <summary>How many runs of a customer may be approved or under way at once.</summary>
    /// <value>5.</value>
    [Range(1, 1_000)]
    public int InFlightMax { get; set; } = 5;

    /// <summary>How often a repeatable action is sent at most, always with the same key.</summary>
    /// <value>3.</value>
    [Range(1, 20)]
    public int AttemptsMax { get; set; } = 3;

    /// <summary>How long after a first attempt the second is made; doubled each time.</summary>
    /// <value>30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>From how many other customers hit by the same platform event on nothing is done by itself.</summary>
    /// <value>1: the fleet answers 0 until it is sure.</value>
    [Range(1, 100_000)]
    public int OthersHitMax { get; set; } = 1;

    /// <summary>How many runs a customer's state keeps; the oldest that are over are forgotten.</summary>
    /// <value>1,000.</value>
    [Range(10, 100_000)]
    public int RunsMax { get; set; } = 1_000;

    /// <summary>How many incidents a customer's state keeps the version of; the oldest that are over are forgotten.</summary>
    /// <value>2,000.</value>
    [Range(10, 100_000)]
    public int IncidentsMax { get; set; } = 2_000;
}
