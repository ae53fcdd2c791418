using Correlation.Delivery;
using Correlation.Storage;
using Correlation.Streams;
using Microsoft.Extensions.Logging;

namespace Correlation.Grains.Readers;

/// <summary>A partition's checkpoint row as this reader knows it: its content and its etag.</summary>
internal sealed partial class CheckpointRow
{
    private readonly ICheckpointStore _store;
    private readonly StoredForm _form;
    private long _etag;

    private CheckpointRow(ReaderServices services, PartitionName name, Checkpoint checkpoint, long etag)
    {
        _store = services.Checkpoints;
        _form = services.Form;
        _etag = etag;
        Name = name;
        Checkpoint = checkpoint;
    }

    /// <summary>The partition.</summary>
    public PartitionName Name { get; }

    /// <summary>The checkpoint as stored.</summary>
    public Checkpoint Checkpoint { get; private set; }

    /// <summary>Reads a partition's row and holds it against the stream: a new partition, a new epoch or lost messages are stored
    /// at once, before anything is read.</summary>
    public static async Task<CheckpointRow> OpenAsync(
        ReaderServices services, ISignalStream stream, PartitionName name, ILogger log, CancellationToken cancel)
    {
        var stored = await services.Checkpoints.ReadAsync(name.Key, cancel);
        var checkpoint = stored is null ? Checkpoint.Start : services.Form.Read<Checkpoint>(stored.Data);
        var row = new CheckpointRow(services, name, checkpoint, stored?.ETag ?? 0);
        var last = checkpoint.Offset - 1;
        using var probe = await stream.PeekAsync(name.Partition, Math.Max(0, last), cancel);
        var before = probe.Messages.FirstOrDefault(message => message.Offset == last)?.LogTime;
        if (stored is null)
        {
            row.Checkpoint = Checkpoint.Begin(probe.First);
            await row.WriteAsync(row.Checkpoint, [], cancel);
            return row;
        }

        var resumed = checkpoint.Resume(probe.First, probe.End, before, probe.IdleLogTime);
        if (ReferenceEquals(resumed, checkpoint)) return row;
        await row.WriteAsync(resumed, [], cancel);
        row.Tell(services, resumed, log);
        row.Checkpoint = resumed;
        return row;
    }

    /// <summary>Stores what is settled: the checkpoint, with the fates of the batches that it passes.</summary>
    /// <exception cref="DeliveryInvariantException">It does not follow what is stored; nothing was written.</exception>
    /// <exception cref="InvalidOperationException">Another reader has written the row.</exception>
    public async Task WriteAsync(Settlement settled, CancellationToken cancel)
    {
        await WriteAsync(settled.Checkpoint, settled.Passed, cancel);
        Checkpoint = settled.Checkpoint;
    }

    /// <summary>Makes sure that nobody else has written the row.</summary>
    /// <exception cref="InvalidOperationException">Another reader has.</exception>
    public async Task VerifyAsync(CancellationToken cancel)
    {
        var stored = await _store.ReadAsync(Name.Key, cancel);
        if ((stored?.ETag ?? 0) != _etag) throw Replaced();
    }

    private async Task WriteAsync(Checkpoint checkpoint, IReadOnlyList<ReaderBatch> passed, CancellationToken cancel)
    {
        checkpoint.ThrowUnlessFollows(Checkpoint);
        var fates = passed.Select(batch => new FateRecord(checkpoint.Epoch, batch.First, batch.Next - 1, batch.Fates)).ToList();
        var outcome = await _store.WriteAsync(Name.Key, _etag, _form.Write(checkpoint), fates, cancel);
        if (!outcome.Written) throw Replaced();
        _etag = outcome.ETag;
    }

    /// <summary>Says what is stored now: an epoch that rose, or messages that are lost for good.</summary>
    private void Tell(ReaderServices services, Checkpoint resumed, ILogger log)
    {
        if (resumed.Epoch > Checkpoint.Epoch)
        {
            LogRecreated(log, Name.Key, resumed.Epoch, resumed.Offset);
            return;
        }

        var lost = resumed.Lost[^1];
        services.Instruments.OnLost(lost.Messages);
        LogLost(log, Name.Key, lost.Messages, lost.First, lost.Last);
    }

    private InvalidOperationException Replaced() => new($"Another reader has written the checkpoint of {Name.Key}.");

    [LoggerMessage(LogLevel.Warning, "{Partition} was recreated: epoch {Epoch} begins, read from offset {Offset} on")]
    private static partial void LogRecreated(ILogger log, string partition, int epoch, long offset);

    [LoggerMessage(LogLevel.Error, "{Partition} lost {Messages} messages before they were read, {First} to {Last}: retention was "
        + "faster than the reader; the health of all customers is unknown for a while")]
    private static partial void LogLost(ILogger log, string partition, long messages, long first, long last);
}
