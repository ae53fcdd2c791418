namespace Correlation.Problems;

/// <summary>Whether a fix held.</summary>
public static class FixWatch
{
    /// <summary>How long a problem must stay away for its fix to have held: some of its usual periods, never less than a
    /// minimum.</summary>
    public static TimeSpan HoldTime(Cadence cadence, ProblemOptions options)
    {
        var periods = options.HoldPeriods * cadence.Period;
        return periods > options.HoldMinimum ? periods : options.HoldMinimum;
    }

    /// <summary>True where it stayed away long enough, false where it came back, null where it is too early or nothing was
    /// fixed.</summary>
    public static bool? Held(ProblemRecord problem, Cadence cadence, DateTimeOffset now, ProblemOptions options)
    {
        if (problem.FixedAt is not { } fixedAt) return null;
        if (problem.CameBack) return false;
        return now - fixedAt >= HoldTime(cadence, options) ? true : null;
    }
}
