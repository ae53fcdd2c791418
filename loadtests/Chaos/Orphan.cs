namespace Correlation.LoadTests.Chaos;

/// <summary>A partition that lost its silo. All times are counted from the loss.</summary>
/// <param name="Partition">Which.</param>
/// <param name="Detection">How long until the membership said that the silo is dead; null where it had not when the partition
/// went on.</param>
/// <param name="Resume">How long until its stored checkpoint had moved on.</param>
internal sealed record Orphan(int Partition, TimeSpan? Detection, TimeSpan Resume)
{
    /// <summary>When the membership said that other silos are dead.</summary>
    public IReadOnlyList<TimeSpan> OthersDetected { get; init; } = [];

    /// <summary>When storage or membership that stood still or was away was there again.</summary>
    public IReadOnlyList<TimeSpan> Repaired { get; init; } = [];

    /// <summary>When a silo was a member again after none was left that ran.</summary>
    public IReadOnlyList<TimeSpan> FirstBack { get; init; } = [];

    /// <summary>Whether something else was broken or mended before it went on.</summary>
    public bool IsDisturbed { get; init; }

    /// <summary>Whether it went on at all.</summary>
    public bool IsResumed { get; init; }

    /// <summary>How long it took beyond the detection of its own silo.</summary>
    public TimeSpan Beyond => Detection is { } detection && detection < Resume ? Resume - detection : TimeSpan.Zero;

    /// <summary>How long it took beyond the last thing that it had to wait for; zero where it waited for nothing.</summary>
    public TimeSpan BeyondLast => Waited is { } last ? Resume - last.At : TimeSpan.Zero;

    /// <summary>The last thing that it had to wait for.</summary>
    public LastMoment Last => Waited?.What ?? LastMoment.None;

    /// <summary>The latest of these that was over when it went on: nobody detects two failures one after the other in
    /// the time of one. What another silo or a repair did before the loss is of no account.</summary>
    private (LastMoment What, TimeSpan At)? Waited
    {
        get
        {
            var moments = OthersDetected.Select(at => (What: LastMoment.OtherDetection, At: at))
                .Concat(Repaired.Select(at => (What: LastMoment.Repair, At: at)))
                .Concat(FirstBack.Select(at => (What: LastMoment.FirstBack, At: at)))
                .Where(moment => moment.At >= TimeSpan.Zero);
            if (Detection is { } own) moments = moments.Prepend((LastMoment.OwnDetection, own));
            var over = moments.Where(moment => moment.At <= Resume).ToList();
            return over.Count == 0 ? null : over.MaxBy(moment => moment.At);
        }
    }
}

/// <summary>What an orphan had to wait for last.</summary>
internal enum LastMoment
{
    /// <summary>Nothing: it went on before anything was detected or mended.</summary>
    None,

    /// <summary>The membership said that its own silo is dead.</summary>
    OwnDetection,

    /// <summary>The membership said that another silo is dead.</summary>
    OtherDetection,

    /// <summary>Storage or the membership went on, or was there again.</summary>
    Repair,

    /// <summary>A silo was a member again after none was left that ran: there was nobody to go on.</summary>
    FirstBack,
}
