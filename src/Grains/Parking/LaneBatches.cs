using System.Collections.Immutable;
using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Delivery;
using Correlation.Signals;
using Correlation.Storage;

namespace Correlation.Grains.Parking;

/// <summary>One lane's signals as its grain sends them to the resource.</summary>
internal sealed class LaneBatches(LaneServices services, IGrainFactory grains, string key)
{
    private readonly IDirectoryGrain _directory = grains.GetGrain<IDirectoryGrain>(0);
    private readonly Dictionary<string, Checkpoint> _checkpoints = [];

    /// <summary>The first signals of the lane that their partitions' checkpoints have passed as parked: what a reader may read
    /// again is still the reader's, and would come twice if it left the lane.</summary>
    /// <remarks>A signal that was parked by a reader which was replaced before its checkpoint passed it, and that has another
    /// fate in the partition's books, is withdrawn: it had its effect.</remarks>
    /// <returns>Whether the lane holds any signal at all, and those.</returns>
    public async Task<(bool Any, IReadOnlyList<ParkedSignal> Rows)> PassedAsync(int most, CancellationToken cancel)
    {
        var rows = await services.Lanes.PeekAsync(key, most, cancel);
        var books = new PartitionBooks(services.Checkpoints, services.Form, cancel);
        var passed = new List<ParkedSignal>();
        var withdrawn = new List<LaneExit>();
        foreach (var row in rows)
        {
            if (!Position.TryParse(row.Position, out var position))
                throw new InvalidDataException("A parked signal has no position.");
            var fate = await books.FateOfAsync(position, row.Ordinal);
            if (fate == Fate.None) break;
            if (fate == Fate.Parked) passed.Add(row);
            else withdrawn.Add(new LaneExit(row.Sequence, Fate.None));
        }

        foreach (var (partition, checkpoint) in books.Checkpoints) _checkpoints[partition] = checkpoint;
        if (withdrawn.Count > 0) await services.Lanes.RemoveAsync(key, withdrawn, cancel);
        return (rows.Count > 0, passed);
    }

    /// <summary>The call that brings signals to their resource; their owner is known, durably, before.</summary>
    /// <exception cref="HandlingFailedException">A stored signal cannot be read.</exception>
    public async Task<ResourceBatch> BatchAsync(IReadOnlyList<ParkedSignal> rows)
    {
        var signals = Read(rows);
        var tenant = signals.Select(signal => signal.Detail?.Tenant).FirstOrDefault(tenant => tenant is not null);
        var batch = Batch(rows[0].Sequence, tenant, rows[^1].LogTime) with
        {
            Watermark = (await _directory.Time()).Watermark(services.Reader.Value.Lateness),
            Signals = signals,
            Sequences = [.. rows.Select(row => row.Sequence)],
        };
        await _directory.Register(batch.Owner);
        return batch;
    }

    private ImmutableArray<Signal> Read(IReadOnlyList<ParkedSignal> rows)
    {
        try
        {
            return [.. rows.Select(row => services.Form.Read<Signal>(row.Data))];
        }
        catch (Exception error)
        {
            throw new HandlingFailedException(error.GetType().Name);
        }
    }

    /// <summary>The calls that let the resource forget what has left the lane, which was found empty just now: under its
    /// sequences, and under its own partitions up to the checkpoints that were read before that.</summary>
    /// <param name="last">The last sequence that left.</param>
    public IReadOnlyList<ResourceBatch> Emptied(long last)
    {
        var lane = Batch(last + 1, null, DateTimeOffset.MaxValue);
        var partitions = _checkpoints.Select(read =>
            lane with { Partition = read.Key, Epoch = read.Value.Epoch, Checkpoint = read.Value.Offset });
        IReadOnlyList<ResourceBatch> calls = [lane, .. partitions];
        _checkpoints.Clear();
        return calls;
    }

    private ResourceBatch Batch(long checkpoint, string? tenant, DateTimeOffset logTime)
    {
        var (resource, owner) = ResourceKeys.Parse(key);
        CustomerKey owned = owner ?? services.Owners.OwnerOf(resource, tenant, logTime);
        return new ResourceBatch(resource, owned, LaneDrain.Partition, LaneDrain.Epoch, checkpoint, DateTimeOffset.MinValue, []);
    }
}
