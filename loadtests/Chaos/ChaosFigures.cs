using System.Globalization;
using System.Text.Json;

namespace Correlation.LoadTests.Chaos;

/// <summary>What a run showed.</summary>
internal sealed record ChaosFigures(ChaosOptions Options, double Rate, int Messages, IReadOnlyList<Comparison> Compared)
{
    private const int Listed = 20;
    private static readonly TimeSpan BeyondMost = TimeSpan.FromSeconds(10);

    public int Kills { get; init; }

    public int Frozen { get; init; }

    public int Ended { get; init; }

    public int Others { get; init; }

    public int Drained { get; init; }

    public long Retries { get; init; }

    /// <summary>How often readers went back to their checkpoints after a lost flush, as the silos' logs say: what a killed silo
    /// had not printed yet is not counted.</summary>
    public long Rewinds { get; init; }

    public TimeSpan CatchUp { get; init; }

    public IReadOnlyList<Orphan> Orphans { get; init; } = [];

    /// <summary>Whether the promise was kept: nothing lost, nothing doubled, every orphan resumed.</summary>
    public bool IsKept => Compared.All(one => one.Found.Same(one.Expected))
        && Last.ForbiddenRepeats == 0 && Last.Unaccounted.Count == 0 && Orphans.All(orphan => orphan.IsResumed);

    /// <summary>Whether every orphan went on in time after the last detection or repair that it had to wait for; null where
    /// there was none, which says nothing.</summary>
    public bool? IsInTime => Orphans.Count == 0
        ? null : Orphans.All(orphan => orphan.IsResumed && orphan.BeyondLast <= BeyondMost);

    private List<Orphan> Undisturbed => [.. Orphans.Where(orphan => !orphan.IsDisturbed)];

    private IEnumerable<string> Missing => Compared.SelectMany(one => one.Found.Missing(one.Expected));

    private int MissingEffects => Compared.Sum(one => one.Found.MissingEffects(one.Expected));

    private IEnumerable<string> TooMany => Compared.SelectMany(one => one.Found.TooMany(one.Expected));

    private Outcome Last => Compared[^1].Found;

    /// <summary>The differences and the slow orphans, for people.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"fates undisturbed: {Compared[^1].Expected.Fates}";
        yield return $"fates broken:      {Last.Fates}";
        yield return $"rewinds: {Rewinds}";
        foreach (var orphan in Orphans)
        {
            var times = string.Create(CultureInfo.InvariantCulture,
                $"dead after {orphan.Detection?.TotalSeconds:F1} s, went on after {orphan.Resume.TotalSeconds:F1} s, "
                + $"{orphan.BeyondLast.TotalSeconds:F1} s beyond {NameOf(orphan.Last)}");
            var notes = (orphan.IsDisturbed ? ", disturbed" : "") + (orphan.IsResumed ? "" : ", NOT RESUMED");
            yield return $"orphan {orphan.Partition}: {times}{notes}";
        }

        foreach (var line in Missing.Take(Listed)) yield return $"missing: {line}";
        foreach (var line in TooMany.Take(Listed)) yield return $"too many: {line}";
        foreach (var line in Last.Unaccounted.Take(Listed)) yield return line;
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
            rewinds = Rewinds,
            orphans = Orphans.Count,
            undisturbed = Undisturbed.Count,
            detectionMaxS = Seconds(Orphans.Select(orphan => orphan.Detection ?? TimeSpan.Zero)),
            resumeMaxS = Seconds(Orphans.Select(orphan => orphan.Resume)),
            beyondMaxS = Seconds(Undisturbed.Select(orphan => orphan.Beyond)),
            beyondDisturbedMaxS = Seconds(Orphans.Where(orphan => orphan.IsDisturbed).Select(orphan => orphan.Beyond)),
            beyondEveryMaxS = Seconds(Orphans.Select(orphan => orphan.BeyondLast)),
            catchUpS = Math.Round(CatchUp.TotalSeconds, 1),
            lost = Missing.Count() - MissingEffects,
            lostEffects = MissingEffects,
            doubled = TooMany.Count(),
            effects = Last.Effects.Count,
            unknown = Last.Unknown.Count,
            repeats = Last.Repeats,
            forbiddenRepeats = Last.ForbiddenRepeats,
            unaccounted = Last.Unaccounted.Count,
            balanced = Last.IsBalanced,
            kept = IsKept,
            inTime = IsInTime,
        },
        JsonSerializerOptions.Web);

    private static string NameOf(LastMoment moment) => moment switch
    {
        LastMoment.OwnDetection => "the detection of its silo",
        LastMoment.OtherDetection => "the detection of another silo",
        LastMoment.Repair => "a repair",
        LastMoment.FirstBack => "the first silo that was there again",
        _ => "nothing",
    };

    private static double Seconds(IEnumerable<TimeSpan> spans) =>
        Math.Round(spans.DefaultIfEmpty().Max().TotalSeconds, 1);
}

/// <summary>What an undisturbed run came to, and what the broken one did.</summary>
internal sealed record Comparison(Outcome Expected, Outcome Found);
