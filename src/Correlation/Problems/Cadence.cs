using System.Globalization;

namespace Correlation.Problems;

/// <summary>The rhythm in which something recurs.</summary>
/// <param name="Kind">The unit of the rhythm.</param>
/// <param name="Period">The usual time from one to the next; zero where none is known.</param>
/// <param name="Tentative">Whether it is a guess from two occurrences.</param>
/// <param name="Text">For people, for example <c>daily about 02:10 (Europe/Berlin)</c>; empty where there is no rhythm.</param>
public sealed record Cadence(CadenceKind Kind, TimeSpan Period, bool Tentative, string Text)
{
    /// <summary>From how many occurrences on a rhythm is certain enough to be said without "perhaps".</summary>
    public const int CertainFrom = 3;

    private const int LooksAtMax = 30;
    private const double FittingShare = 0.8;
    private const double SteadyShare = 0.6;
    private static readonly TimeSpan DayTolerance = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan HourTolerance = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Finds the rhythm of occurrences.</summary>
    /// <remarks>
    /// Days and weeks are judged by the clock on the wall, so that a job at 02:10 keeps its rhythm over a change to or from
    /// summer time; where that does not fit, by UTC, as schedulers without a zone run. Four in five of the newest 30 must lie
    /// within 30 minutes (hours: 6 minutes) of the usual time, and three in five steps must be the usual one: a missed night
    /// does no harm.
    /// </remarks>
    /// <param name="starts">When they began, in any order.</param>
    /// <param name="zone">The customer's time zone.</param>
    public static Cadence Find(IEnumerable<DateTimeOffset> starts, TimeZoneInfo zone)
    {
        var times = starts.OrderDescending().Take(LooksAtMax).Reverse().ToList();
        if (times.Count < 2) return new Cadence(CadenceKind.None, TimeSpan.Zero, false, "");
        var local = times.ConvertAll(time => TimeZoneInfo.ConvertTime(time, zone).DateTime);
        var utc = times.ConvertAll(time => time.UtcDateTime);
        return ByDays(local, zone.Id) ?? ByDays(utc, "UTC") ?? ByHours(utc) ?? Irregular(times);
    }

    private static Cadence? ByDays(List<DateTime> times, string zone)
    {
        if (Fit(times, Day, DayTolerance) is not { } fit || fit.Step is not (1 or 7)) return null;
        var tentative = times.Count < CertainFrom;
        var at = (times[0] + fit.Offset).ToString("HH:mm", CultureInfo.InvariantCulture);
        var perhaps = tentative ? "perhaps " : "";
        return fit.Step == 1
            ? new Cadence(CadenceKind.Daily, Day, tentative, $"{perhaps}daily about {at} ({zone})")
            : new Cadence(CadenceKind.Weekly, 7 * Day, tentative,
                $"{perhaps}weekly on {(times[0] + fit.Offset).DayOfWeek} about {at} ({zone})");
    }

    private static Cadence? ByHours(List<DateTime> times)
    {
        if (Fit(times, Hour, HourTolerance) is not { } fit || fit.Step > 12) return null;
        var tentative = times.Count < CertainFrom;
        if (tentative && fit.Step != 1) return null;
        var perhaps = tentative ? "perhaps " : "";
        var every = fit.Step == 1 ? "hourly" : $"every {fit.Step} hours";
        var minute = (times[0] + fit.Offset).Minute.ToString("00", CultureInfo.InvariantCulture);
        return new Cadence(CadenceKind.Hourly, fit.Step * Hour, tentative, $"{perhaps}{every} about minute {minute}");
    }

    private static Cadence Irregular(List<DateTimeOffset> times)
    {
        var gaps = times.Zip(times.Skip(1), (earlier, later) => later - earlier).Order().ToList();
        return new Cadence(CadenceKind.None, gaps[gaps.Count / 2], false, "");
    }

    /// <summary>Whether times lie on a grid of a unit, give or take; how many units one step usually is, and where the grid lies
    /// relative to the first time.</summary>
    private static (int Step, TimeSpan Offset)? Fit(List<DateTime> times, TimeSpan unit, TimeSpan tolerance)
    {
        var placed = times.ConvertAll(time =>
        {
            var index = (int)Math.Round((time - times[0]) / unit);
            return (Index: index, Off: time - times[0] - (index * unit));
        });
        var offset = placed.Select(place => place.Off).Order().ElementAt(placed.Count / 2);
        var fitting = placed.Where(place => (place.Off - offset).Duration() <= tolerance).ToList();
        if (fitting.Count < Math.Max(2, FittingShare * placed.Count)) return null;
        var indexes = fitting.Select(place => place.Index).Distinct().ToList();
        var steps = indexes.Zip(indexes.Skip(1), (earlier, later) => later - earlier).Order().ToList();
        if (steps.Count == 0) return null;
        var step = steps[steps.Count / 2];
        return step > 0 && steps.Count(other => other == step) >= SteadyShare * steps.Count ? (step, offset) : null;
    }
}

/// <summary>The unit of a rhythm.</summary>
public enum CadenceKind : byte
{
    /// <summary>No rhythm.</summary>
    None = 0,

    /// <summary>Every hour, or every few hours.</summary>
    Hourly = 1,

    /// <summary>Every day at about the same local time.</summary>
    Daily = 2,

    /// <summary>Every week on the same day at about the same local time.</summary>
    Weekly = 3,
}
