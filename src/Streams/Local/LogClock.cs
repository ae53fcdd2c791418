namespace Correlation.Streams.Local;

/// <summary>
/// The log's time: what messages are stamped with, and what readers at the end of a partition are told. No message is stamped
/// earlier than a time that a reader was told before, also when the clock jumps back; times are UTC ticks.
/// </summary>
/// <remarks>
/// A reader asks before it looks at the file, so a message that it does not see yet is either in the open transaction, and then
/// it is told that transaction's stamp, or in a later one, and then the stamp is at least what it was told. That holds within
/// a process; readers in another process rely on equal clocks.
/// </remarks>
internal sealed class LogClock(TimeProvider time)
{
    private readonly Lock gate = new();
    private long told;
    private long? open;

    /// <summary>The time that a reader at the end may be told.</summary>
    public long Idle()
    {
        lock (gate)
        {
            told = open ?? Now();
            return told;
        }
    }

    /// <summary>The stamp of a transaction that now begins to write.</summary>
    public long BeginStamp()
    {
        lock (gate)
        {
            open = Now();
            return open.Value;
        }
    }

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
