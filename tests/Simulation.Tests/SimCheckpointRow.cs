using Correlation.Delivery;

namespace Correlation.Simulation.Tests;

/// <summary>A partition's checkpoint row as one reader knows it.</summary>
internal sealed class SimCheckpointRow(SimSilo silo, int partition)
{
    private readonly SimWorld _world = silo.World;
    private readonly string _row = RowOf(partition);
    private HashSet<string> _parked = [];
    private Checkpoint _stored = Checkpoint.Start;
    private long _etag;
    private long _ledgerETag;

    public static string RowOf(int partition) => $"checkpoint/{partition}";

    public static string LedgerOf(int partition) => $"ledger/{partition}";

    /// <summary>Reads the row and holds it against the stream: a new epoch, or lost messages, are stored at once.</summary>
    public async Task<Checkpoint> OpenAsync()
    {
        var row = await _world.Storage.ReadAsync(silo.Process, _row);
        _etag = row?.ETag ?? 0;
        (var checkpoint, _parked) = row is null
            ? (Checkpoint.Start, [])
            : _world.Read<(Checkpoint Checkpoint, HashSet<string> Parked)>(row.Value.Data);
        if (_world.Mutant == SimMutant.LedgerApart)
        {
            var ledger = await _world.Storage.ReadAsync(silo.Process, LedgerOf(partition));
            _ledgerETag = ledger?.ETag ?? 0;
            checkpoint = checkpoint with
            {
                Ledger = ledger is null ? SignalLedger.Empty : _world.Read<SignalLedger>(ledger.Value.Data),
            };
        }

        var resumed = row is null ? Checkpoint.Begin(_world.Stream.First(partition)) : Resume(checkpoint);
        _stored = row is null ? resumed : checkpoint;
        if (row is not null && ReferenceEquals(resumed, checkpoint)) return checkpoint;
        if (_world.Mutant == SimMutant.EpochIgnored) resumed = resumed with { Epoch = checkpoint.Epoch };
        await WriteAsync(resumed, []);
        return resumed;
    }

    /// <summary>Stores a checkpoint with the positions that it passes as parked.</summary>
    public async Task WriteAsync(Checkpoint checkpoint, IEnumerable<string> parked)
    {
        if (_world.Mutant == SimMutant.None) checkpoint.ThrowUnlessFollows(_stored);
        _parked.UnionWith(parked);
        var written = await _world.Storage.WriteAsync(silo.Process, [(_row, _etag, _world.Write((checkpoint, _parked)))]);
        _etag = written[0] ?? throw new ReplacedException();
        _stored = checkpoint;
        _world.Tell($"{silo.Process.Name}: checkpoint {partition} at {checkpoint.Epoch}:{checkpoint.Offset}");
        if (_world.Mutant != SimMutant.LedgerApart) return;
        written = await _world.Storage.WriteAsync(
            silo.Process, [(LedgerOf(partition), _ledgerETag, _world.Write(checkpoint.Ledger))]);
        _ledgerETag = written[0] ?? throw new ReplacedException();
    }

    private Checkpoint Resume(Checkpoint checkpoint) => checkpoint.Resume(
        _world.Stream.First(partition), _world.Stream.End(partition), _world.Stream.LogTimeAt(partition, checkpoint.Offset - 1),
        _world.Stream.Newest);
}
