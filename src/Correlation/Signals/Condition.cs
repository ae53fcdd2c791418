namespace Correlation.Signals;

/// <summary>What a condition is about; fixes how it ends when nothing says that it ended.</summary>
[GenerateSerializer, Alias("condition-kind")]
public enum ConditionKind : byte
{
    /// <summary>A stateful alert rule on a resource; ends when the alert resolves.</summary>
    Alert = 0,

    /// <summary>An alert that never resolves by itself (activity-log alerts, stateless rules).</summary>
    StatelessAlert = 1,

    /// <summary>The resource's own health as Azure sees it; ends when health returns.</summary>
    ResourceHealth = 2,

    /// <summary>An Azure platform event by its tracking id; ends at stage Resolved.</summary>
    ServiceHealth = 3,

    /// <summary>An operation that failed in the activity log.</summary>
    FailedOperation = 4,

    /// <summary>Error records of one kind in a resource log.</summary>
    LogError = 5,

    /// <summary>A security alert.</summary>
    Security = 6,
}

/// <summary>What is complained about on a resource.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Key">Equal for equal complaints: lower case, at most 512 characters; unique within a resource. Its forms are
/// in ARCHITECTURE.md, "Conditions".</param>
[GenerateSerializer, Immutable, Alias("condition")]
public sealed record Condition([property: Id(0)] ConditionKind Kind, [property: Id(1)] string Key)
{
    /// <summary>The key.</summary>
    public override string ToString() => Key;
}
