namespace Correlation.Estate;

/// <summary>What a load message holds.</summary>
public enum LoadFamily
{
    /// <summary>Platform metrics: 70 % of the records.</summary>
    Metric,

    /// <summary>Resource logs: 25 %.</summary>
    Log,

    /// <summary>Activity log: 4 %.</summary>
    Activity,

    /// <summary>One alert: 1 %.</summary>
    Alert,
}
