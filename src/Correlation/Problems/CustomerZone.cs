namespace Correlation.Problems;

/// <summary>Time zones by their IANA names.</summary>
public static class CustomerZone
{
    /// <summary>The zone of a name; UTC where this machine knows no such zone.</summary>
    public static TimeZoneInfo Find(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
}
