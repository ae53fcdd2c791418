using Correlation.Learning;

namespace Correlation.Tests.Learning;

/// <summary>Made-up histories: starts in seconds after <see cref="Zero"/>.</summary>
internal static class Starts
{
    public static readonly DateTimeOffset Zero = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    public const int Days = 10;

    private const double Hour = 3600;

    public static DateTimeOffset At(double seconds) => Zero.AddSeconds(seconds);

    /// <summary>Starts whenever they like, some times a day in the mean.</summary>
    public static IEnumerable<double> Poisson(Random random, double perDay)
    {
        for (var at = Wait(random, 24 * Hour / perDay); at < Days * 24 * Hour; at += Wait(random, 24 * Hour / perDay))
            yield return at;
    }

    /// <summary>Bursts that begin whenever they like, of some three starts half a minute apart.</summary>
    public static IEnumerable<double> Bursts(Random random, double perDay)
    {
        foreach (var first in Poisson(random, perDay))
        {
            var at = first;
            do yield return at;
            while (random.NextDouble() < 0.7 && (at += Wait(random, 30)) > 0);
        }
    }

    public static double Wait(Random random, double mean) => -mean * Math.Log(1 - random.NextDouble());

    /// <summary>Counts starts, in the order of time.</summary>
    public static CoOccurrence Count(
        IEnumerable<(double At, string Kind, string Resource)> starts,
        LearningSettings? options = null,
        Func<string, string[]>? neighbours = null)
    {
        var model = new CoOccurrence(options ?? new LearningSettings());
        foreach (var (at, kind, resource) in starts.OrderBy(start => start.At))
            model.Observe(kind, resource, At(at), neighbours?.Invoke(resource));
        model.Pass(At(Days * 24 * Hour));
        return model;
    }

    public static string Text(CoOccurrence model) => string.Join('\n', model.Pairs().Select(pair =>
        $"{pair.Relation} {pair.Before} {pair.After}: {string.Join(' ', pair.Seen)} | {string.Join(' ', pair.Expected)}"));
}
