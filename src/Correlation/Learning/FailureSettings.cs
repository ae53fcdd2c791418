using System.ComponentModel.DataAnnotations;

namespace Correlation.Learning;

/// <summary>How much of a customer's failures is remembered, and when they count.</summary>
public sealed class FailureSettings
{
    /// <summary>The most failures that are remembered.</summary>
    /// <value>500, the newest.</value>
    [Range(1, 10_000)] public int MaxFailures { get; set; } = 500;

    /// <summary>How often a new model comes into force: it is learnt from what was over at a full step of event time.</summary>
    /// <value>1 hour.</value>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")] public TimeSpan Step { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long after its end a failure counts: by then it is sealed unless something near it is open, so that what is
    /// learnt does not depend on the moment of sealing.</summary>
    /// <value>2 hours: the lateness and the window within which symptoms are linked, and some room.</value>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")] public TimeSpan Settling { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Above which confidence the likeliest cause of a sealed incident counts as its cause, where no operator said
    /// one. Below it the failure counts too, with what is believed of each resource.</summary>
    /// <value>0.9, taken beforehand: were the confidence calibrated, at most one in ten of such causes would be wrong. Lower
    /// teaches more of what is wrong; 1 takes nobody's word but an operator's, safer where kinds of failure are new.</value>
    [Range(0.5, 1)] public double SureFrom { get; set; } = 0.9;
}
