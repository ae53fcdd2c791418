using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Correlation.Streams.Local;

/// <summary>What the log tells of its writes; recorded once a transaction, which holds many messages.</summary>
internal sealed class StreamInstruments
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Correlation.Streams";

    private static readonly double[] Seconds = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly TimeProvider time;
    private readonly Counter<long> messages;
    private readonly Counter<long> bytes;
    private readonly Histogram<double> commit;

    /// <summary>Makes the instruments; without a factory they have a meter of their own.</summary>
    public StreamInstruments(IMeterFactory? meters, TimeProvider time)
    {
        this.time = time;
        var meter = meters?.Create(Name) ?? new Meter(Name);
        messages = meter.CreateCounter<long>("correlation.stream.messages", "{message}",
            "Messages appended to the log and durable");
        bytes = meter.CreateCounter<long>("correlation.stream.bytes", "By", "Bytes of the messages appended");
        commit = meter.CreateHistogram(
            "correlation.stream.commit.duration", "s", "How long a transaction took from its first row until it was durable",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
    }

    /// <summary>The source of a transaction's spans.</summary>
    public ActivitySource Source { get; } = new(Name);

    /// <summary>A transaction begins.</summary>
    public long Begin() => time.GetTimestamp();

    /// <summary>A transaction is durable.</summary>
    public void OnCommitted(long begun, LogTransaction transaction)
    {
        commit.Record(time.GetElapsedTime(begun).TotalSeconds);
        if (transaction.AppendedMessages == 0) return;
        messages.Add(transaction.AppendedMessages);
        bytes.Add(transaction.AppendedBytes);
    }
}
