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

    /// <summary>The first signals of the lane that their partitions' checkpoints have passed: what a reader may read again is still
    /// the reader's, and would come twice if it left the lane.</summary>
    /// <returns>Whether the lane holds any signal at all, and those.</returns>
    public async Task<(bool Any, IReadOnlyList<ParkedSignal> Rows)> PassedAsync(int most, CancellationToken cancel)
    {
        var rows = await services.Lanes.PeekAsync(key, most, cancel);
        var checkpoints = new Dictionary<string, Checkpoint?>();
        var passed = new List<ParkedSignal>();
        foreach (var row in rows)
        {
            if (!Position.TryParse(row.Position, out var position)) throw new InvalidDataException("A parked signal has no position.");
            var partition = $"{position.Stream}/{position.Partition}";
            if (!checkpoints.TryGetValue(partition, out var checkpoint))
            {
                checkpoints[partition] = checkpoint = await CheckpointAsync(partition, cancel);
            }

            if (checkpoint?.HasPassed(position.Epoch, position.Offset) is not true) break;
            passed.Add(row);
        }

        return (rows.Count > 0, passed);
    }

    /// <summary>The call that brings signals to their resource; their owner is known, durably, before.</summary>
    /// <exception cref="InvalidDataException">A signal is stored in a form that this program does not know.</exception>
    public async Task<ResourceBatch> BatchAsync(IReadOnlyList<ParkedSignal> rows)
    {
        var signals = rows.Select(row => services.Form.Read<Signal>(row.Data)).ToImmutableArray();
        var tenant = signals.Select(signal => signal.Detail?.Tenant).FirstOrDefault(tenant => tenant is not null);
        var batch = Batch(rows[0].Sequence, tenant) with
        {
            Watermark = (await _directory.Time()).Watermark(services.Reader.Value.Lateness),
            Signals = signals,
            Sequences = [.. rows.Select(row => row.Sequence)],
        };
        await _directory.Register(batch.Owner);
        return batch;
    }

    /// <summary>The call that lets the resource forget what has left the lane.</summary>
    /// <param name="last">The last sequence that left.</param>
    public ResourceBatch Emptied(long last) => Batch(last + 1, null);

    private ResourceBatch Batch(long checkpoint, string? tenant)
    {
        var (resource, owner) = ResourceKeys.Parse(key);
        CustomerKey owned = owner ?? services.Owners.OwnerOf(resource, tenant);
        return new ResourceBatch(resource, owned, LaneDrain.Partition, LaneDrain.Epoch, checkpoint, DateTimeOffset.MinValue, []);
    }

    private async Task<Checkpoint?> CheckpointAsync(string partition, CancellationToken cancel) =>
        await services.Checkpoints.ReadAsync(partition, cancel) is { } row ? services.Form.Read<Checkpoint>(row.Data) : null;
}
