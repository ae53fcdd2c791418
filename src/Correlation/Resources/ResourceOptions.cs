using System.ComponentModel.DataAnnotations;
using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>Times and limits of the live state of a resource.</summary>
/// <remarks>Times are part of what makes symptoms equal in every replay:
/// change them only together with a new epoch of data.</remarks>
public sealed class ResourceOptions
{
    /// <summary>How far a signal's event time may lie behind its own log time.</summary>
    /// <value>30 minutes. More keeps more in memory and seals later; less loses what Azure delivers late.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan Lateness { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Two intervals of one condition that lie at most so far apart are one symptom that flaps.</summary>
    /// <value>10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00", "06:00:00")]
    public TimeSpan FlapGap { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long after a time-out's end it is waited for a repetition on its way, before the end is reported.</summary>
    /// <value>10 minutes, the usual delay of resource logs. It delays the report of the end, never moves the end.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How far a closing signal alone may say that its condition began.</summary>
    /// <value>24 hours.</value>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan ClaimReach { get; set; } = TimeSpan.FromHours(24);

    /// <summary>After so long without a repetition an alert that was not resolved has ended.</summary>
    /// <value>24 hours.</value>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan AlertTimeOut { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long an alert that never resolves holds after its last firing.</summary>
    /// <value>30 minutes.</value>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan StatelessAlertHold { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>After so long without a repetition lost resource health has ended.</summary>
    /// <value>24 hours.</value>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan ResourceHealthTimeOut { get; set; } = TimeSpan.FromHours(24);

    /// <summary>After so long without an update an Azure platform event has ended.</summary>
    /// <value>72 hours.</value>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan ServiceHealthTimeOut { get; set; } = TimeSpan.FromHours(72);

    /// <summary>How long a failed operation holds after its last failure.</summary>
    /// <value>15 minutes.</value>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan FailedOperationHold { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long error records hold after the last one.</summary>
    /// <value>15 minutes.</value>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan LogErrorHold { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>After so long without a repetition a security alert has ended.</summary>
    /// <value>24 hours.</value>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan SecurityTimeOut { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The most conditions of one resource; signals of one more are counted, not applied.</summary>
    /// <value>64.</value>
    [Range(1, 1024)] public int MaxConditions { get; set; } = 64;

    /// <summary>The most facts of one condition; beyond it the oldest are folded into one and its symptoms are
    /// degraded.</summary>
    /// <value>256: a rule that fires and resolves every few minutes fills it in half a day. What is folded no longer moves,
    /// so that a smaller number makes more depend on the order of what comes before the watermark.</value>
    [Range(8, 1024)] public int MaxFacts { get; set; } = 256;

    /// <summary>The most dedup keys of one resource, metric values on their grid apart;
    /// beyond it the oldest five minutes go.</summary>
    /// <value>8,192: about four signals a second within the lateness.</value>
    [Range(64, 1_000_000)] public int MaxDedupKeys { get; set; } = 8192;

    /// <summary>The most metrics whose latest value is kept.</summary>
    /// <value>50.</value>
    [Range(0, 1000)] public int MaxMetrics { get; set; } = 50;

    /// <summary>The most recent signals kept for whoever looks; metric values apart.</summary>
    /// <value>20.</value>
    [Range(0, 200)] public int MaxRecentSignals { get; set; } = 20;

    /// <summary>The most recent changes kept for whoever looks.</summary>
    /// <value>10.</value>
    [Range(0, 200)] public int MaxRecentChanges { get; set; } = 10;

    /// <summary>The most creations, deletions and successful operations kept while a signal before them may still come.</summary>
    /// <value>64 of each.</value>
    [Range(8, 1024)] public int MaxChangesInFlight { get; set; } = 64;

    /// <summary>The most alert instances remembered after their facts were forgotten, so that a Resolved that comes again claims
    /// nothing; beyond it the oldest go.</summary>
    /// <value>64.</value>
    [Range(0, 4096)] public int MaxKnownInstances { get; set; } = 64;

    /// <summary>After so long without evidence a condition of a kind has ended.</summary>
    public TimeSpan TimeOutOf(ConditionKind kind) => kind switch
    {
        ConditionKind.StatelessAlert => StatelessAlertHold,
        ConditionKind.ResourceHealth => ResourceHealthTimeOut,
        ConditionKind.ServiceHealth => ServiceHealthTimeOut,
        ConditionKind.FailedOperation => FailedOperationHold,
        ConditionKind.LogError => LogErrorHold,
        ConditionKind.Security => SecurityTimeOut,
        _ => AlertTimeOut,
    };
}
