using System.Globalization;
using System.Text.Json;

namespace Correlation.LoadTests.Chaos;

/// <summary>What a run showed.</summary>
internal sealed record ChaosFigures(ChaosOptions Options, double Rate, int Messages, Outcome Expected, Outcome Found)
{
    private static readonly TimeSpan BeyondMost = TimeSpan.FromSeconds(10);

    public int Kills { get; init; }

    public int Frozen { get; init; }

    public int Ended { get; init; }

    public int Others { get; init; }

    public int Drained { get; init; }

    public long Retries { get; init; }

    public TimeSpan CatchUp { get; init; }

    public IReadOnlyList<Orphan> Orphans { get; init; } = [];

    /// <summary>Whether the promise was kept: nothing lost, nothing doubled, every orphan resumed.</summary>
    public bool IsKept => Found.Same(Expected) && Found.ForbiddenRepeats == 0 && Found.Unaccounted.Count == 0
        && Orphans.All(orphan => orphan.IsResumed);

    /// <summary>Whether every orphan that nothing else disturbed went on in time.</summary>
    public bool IsInTime => Orphans.Where(orphan => !orphan.IsDisturbed).All(orphan => orphan.Beyond <= BeyondMost);

    /// <summary>The differences and the slow orphans, for people.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"fates undisturbed: {Expected.Fates}";
        yield return $"fates broken:      {Found.Fates}";
        foreach (var orphan in Orphans)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"orphan {orphan.Partition}: dead after {orphan.Detection?.TotalSeconds:F1} s, went on after "
                + $"{orphan.Resume.TotalSeconds:F1} s{(orphan.IsDisturbed ? ", disturbed" : "")}{(orphan.IsResumed ? "" : ", NOT RESUMED")}");
        }

        foreach (var line in Found.Missing(Expected).Take(20)) yield return $"missing: {line[..Math.Min(line.Length, 600)]}";
        foreach (var line in Found.TooMany(Expected).Take(20)) yield return $"too many: {line[..Math.Min(line.Length, 600)]}";
        foreach (var line in Found.Unaccounted.Take(20)) yield return line;
    }

    /// <summary>The figures as JSON.</summary>
    public string Json() => JsonSerializer.Serialize(
        new
        {
            silos = Options.Silos,
            minutes = Options.Minutes,
            seed = Options.Seed,
            messages = Messages,
            messagesPerSecond = Math.Round(Rate, 1),
            kills = Kills,
            frozen = Frozen,
            endedThemselves = Ended,
            drained = Drained,
            otherFaults = Others,
            retries = Retries,
            orphans = Orphans.Count,
            detectionMaxS = Seconds(Orphans.Select(orphan => orphan.Detection ?? TimeSpan.Zero)),
            resumeMaxS = Seconds(Orphans.Select(orphan => orphan.Resume)),
            beyondMaxS = Seconds(Orphans.Where(orphan => !orphan.IsDisturbed).Select(orphan => orphan.Beyond)),
            beyondDisturbedMaxS = Seconds(Orphans.Where(orphan => orphan.IsDisturbed).Select(orphan => orphan.Beyond)),
            catchUpS = Math.Round(CatchUp.TotalSeconds, 1),
            lost = Found.Missing(Expected).Count,
            doubled = Found.TooMany(Expected).Count,
            effects = Found.Effects.Count,
            repeats = Found.Repeats,
            forbiddenRepeats = Found.ForbiddenRepeats,
            unaccounted = Found.Unaccounted.Count,
            balanced = Found.IsBalanced,
            kept = IsKept,
            inTime = IsInTime,
        },
        JsonSerializerOptions.Web);

    private static double Seconds(IEnumerable<TimeSpan> spans) =>
        Math.Round(spans.DefaultIfEmpty().Max().TotalSeconds, 1);
}
