namespace Correlation.Streams.Tests;

/// <summary>A clock that stands still until it is set, also backwards. Delays and timers are real.</summary>
public sealed class ManualTime : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; set; } = Start;

    public override DateTimeOffset GetUtcNow() => Now;
}
