namespace Correlation.Signals;

/// <summary>What sort of thing Azure said about a resource.</summary>
[GenerateSerializer, Alias("signal-kind")]
public enum SignalKind : byte
{
    /// <summary>Not recognised, but it names a resource and a time.</summary>
    Generic = 0,

    /// <summary>A platform metric value.</summary>
    Metric = 1,

    /// <summary>A resource log record, or a row of a Log Analytics table.</summary>
    Log = 2,

    /// <summary>An activity-log entry (administrative, policy, autoscale, recommendation, security).</summary>
    ActivityLog = 3,

    /// <summary>An alert fired or resolved.</summary>
    Alert = 4,

    /// <summary>A resource-health event, whether as an activity-log entry, an alert or an Event Grid event.</summary>
    ResourceHealth = 5,

    /// <summary>A service-health event, whether as an activity-log entry or an alert.</summary>
    ServiceHealth = 6,

    /// <summary>A security alert or assessment (Defender for Cloud).</summary>
    Security = 7,
}
