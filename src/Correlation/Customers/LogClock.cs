namespace Correlation.Customers;

/// <summary>How far log time has come.</summary>
/// <param name="Now">The log time of the furthest partition.</param>
/// <param name="Checkpointed">The smallest checkpointed log time of all partitions: seals and time-outs wait for it.</param>
/// <param name="LastInput">The log time of the newest message.</param>
/// <param name="Loss">When it was last noticed that a stream lost messages before they were read; the earliest time where that
/// never happened.</param>
[GenerateSerializer, Immutable, Alias("log-clock")]
public readonly record struct LogClock(
    [property: Id(0)] DateTimeOffset Now,
    [property: Id(1)] DateTimeOffset Checkpointed,
    [property: Id(2)] DateTimeOffset LastInput,
    [property: Id(3)] DateTimeOffset Loss = default)
{
    /// <summary>The event time before which nothing changes any more.</summary>
    public DateTimeOffset Watermark(TimeSpan lateness) => Before(Checkpointed, lateness);

    /// <summary>The later of two clocks, each time by itself: no time goes back.</summary>
    public LogClock After(LogClock other) => new(
        Later(Now, other.Now), Later(Checkpointed, other.Checkpointed), Later(LastInput, other.LastInput),
        Later(Loss, other.Loss));

    /// <summary>The later of two times.</summary>
    public static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    /// <summary>A time earlier by a span, or the earliest there is.</summary>
    internal static DateTimeOffset Before(DateTimeOffset time, TimeSpan span) =>
        time.UtcTicks < span.Ticks ? DateTimeOffset.MinValue : time - span;
}
