using Correlation.Delivery;
using Correlation.Storage;
using Correlation.Streams;

namespace Correlation.Grains.Readers;

/// <summary>A partition's checkpoint row as this reader knows it: its content and its etag.</summary>
internal sealed class CheckpointRow
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

    /// <summary>The checkpoint when the row was opened.</summary>
    public Checkpoint Checkpoint { get; private set; }

    /// <summary>Reads a partition's row and holds it against the stream: a new epoch, or lost messages,
    /// are stored at once.</summary>
    public static async Task<CheckpointRow> OpenAsync(
        ReaderServices services, ISignalStream stream, PartitionName name, CancellationToken cancel)
    {
        var stored = await services.Checkpoints.ReadAsync(name.Key, cancel);
        var checkpoint = stored is null ? Checkpoint.Start : services.Form.Read<Checkpoint>(stored.Data);
        var row = new CheckpointRow(services, name, checkpoint, stored?.ETag ?? 0);
        var probe = await stream.ReadAsync(name.Partition, Math.Max(0, checkpoint.Offset - 1), 1, 1, cancel);
        var before = probe.Messages.FirstOrDefault(message => message.Offset == checkpoint.Offset - 1)?.LogTime;
        var resumed = checkpoint.Resume(probe.First, probe.End, before);
        if (resumed == checkpoint) return row;
        await row.WriteAsync(resumed, [], cancel);
        row.Checkpoint = resumed;
        return row;
    }

    /// <summary>Stores a checkpoint, with the fates of the batches that it passes.</summary>
    /// <exception cref="InvalidOperationException">Another reader has written the row.</exception>
    public async Task WriteAsync(Checkpoint checkpoint, IReadOnlyList<ReaderBatch> passed, CancellationToken cancel)
    {
        var fates = passed.Select(batch => new FateRecord(checkpoint.Epoch, batch.First, batch.Next - 1, batch.Fates)).ToList();
        var outcome = await _store.WriteAsync(Name.Key, _etag, _form.Write(checkpoint), fates, cancel);
        if (!outcome.Written) throw Replaced();
        _etag = outcome.ETag;
    }

    /// <summary>Makes sure that nobody else has written the row.</summary>
    /// <exception cref="InvalidOperationException">Another reader has.</exception>
    public async Task VerifyAsync(CancellationToken cancel)
    {
        var stored = await _store.ReadAsync(Name.Key, cancel);
        if ((stored?.ETag ?? 0) != _etag) throw Replaced();
    }

    private InvalidOperationException Replaced() => new($"Another reader has written the checkpoint of {Name.Key}.");
}
