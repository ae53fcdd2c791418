namespace Correlation.Streams.Local;

/// <summary>
/// The log's time: what messages are stamped with, and what readers at the end of a partition are told. No message is stamped
/// earlier than a time that a reader was told before, also when the clock jumps back; times are UTC ticks.
/// </summary>
/// <remarks>
/// A reader asks before it looks at the file, so a message that it does not see yet is either in the open transaction, and then
/// it is told that transaction's stamp, or in a later one, and then the stamp is at least what it was told. In a log that
/// several processes share, nobody knows of the others' open transactions: readers are told a time that lies
/// <paramref name="margin"/> back, and a transaction that is older than half of that is not committed. The processes are on
/// one machine and have one clock.
/// </remarks>
/// <param name="time">The clock.</param>
/// <param name="margin">How far readers are kept behind it; zero where one process has the log.</param>
internal sealed class LogClock(TimeProvider time, TimeSpan margin)
{
    private readonly Lock gate = new();
    private long told;
    private long? open;
    private long begun;

    /// <summary>The time that a reader at the end may be told.</summary>
    public long Idle()
    {
        lock (gate)
        {
            told = open ?? Now();
            return told - margin.Ticks;
        }
    }

    /// <summary>The stamp of a transaction that now begins to write.</summary>
    public long BeginStamp()
    {
        lock (gate)
        {
            open = Now();
            begun = time.GetTimestamp();
            return open.Value;
        }
    }

    /// <summary>Whether the open transaction is so old that a reader of another process may be told a later time before it can
    /// see the messages.</summary>
    public bool IsStampStale() => margin > TimeSpan.Zero && time.GetElapsedTime(begun) > margin / 2;

    /// <summary>The transaction is over; its messages can be read, or never will be.</summary>
    public void EndStamp()
    {
        lock (gate)
        {
            told = Math.Max(told, open ?? 0);
            open = null;
        }
    }

    private long Now() => Math.Max(told, time.GetUtcNow().UtcTicks);
}
