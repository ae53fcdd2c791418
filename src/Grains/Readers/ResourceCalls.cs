using Correlation.Contracts;
using Correlation.Delivery;
using Correlation.Grains.Parking;
using Correlation.Signals;
using Microsoft.Extensions.Logging;

namespace Correlation.Grains.Readers;

/// <summary>Sends a batch's signals to their resources: one call a resource, made again while silos or the storage are out of
/// order, parked in the end where the resource itself fails.</summary>
internal sealed partial class ResourceCalls(IGrainFactory grains, ReaderServices services, ILogger log)
{
    private const string Behind = "behind earlier parked signals";
    private const int DoublingsMost = 20;
    private static readonly TimeSpan RestMost = TimeSpan.FromMilliseconds(500);

    /// <summary>How often a failed call is told of: an outage fails thousands.</summary>
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(5);

    private readonly ParkingDoor parking = services.Parking;
    private readonly ReaderOptions options = services.Options.Value;
    private readonly ResourceReferences resources = new(grains);
    private long _told;
    private int _untold;

    /// <summary>Sends a batch; ends when every signal of it has a fate.</summary>
    /// <returns>The flushes that make the effects durable.</returns>
    /// <exception cref="ReaderReplacedException">Another reader has begun the stream's next epoch.</exception>
    public async Task<IReadOnlyCollection<FlushId>> SendAsync(BatchWork work, PartitionAt at, CancellationToken cancel)
    {
        var flushes = new HashSet<FlushId>();
        // Who has little in the batch does not wait for who has much.
        var calls = work.Resources.OrderBy(resource => resource.OwnersSignals)
            .Select(resource => (Resource: resource, Answer: CallAsync(resource, at, cancel))).ToList();
        foreach (var (resource, call) in calls)
        {
            var (fates, flush) = await call;
            work.Book(resource, fates);
            if (flush.Number > 0) flushes.Add(flush);
        }

        return flushes;
    }

    private Task<(IReadOnlyList<Fate> Fates, FlushId Flush)> CallAsync(
        ResourceWork resource, PartitionAt at, CancellationToken cancel)
    {
        var call = resource.After is { } earlier
            ? AfterAsync(earlier, resource, at, cancel) : SendAsync(resource, at, cancel);
        resource.Call = call;
        return call;
    }

    private async Task<(IReadOnlyList<Fate> Fates, FlushId Flush)> AfterAsync(
        Task earlier, ResourceWork resource, PartitionAt at, CancellationToken cancel)
    {
        await earlier;
        resource.After = null;
        return await SendAsync(resource, at, cancel);
    }

    private async Task<(IReadOnlyList<Fate> Fates, FlushId Flush)> SendAsync(
        ResourceWork resource, PartitionAt at, CancellationToken cancel)
    {
        var key = ResourceKeys.Of(resource.Resource, resource.Owner);
        var batch = new ResourceBatch(
            resource.Resource, resource.Owner, at.Partition, at.Epoch, at.Checkpoint, at.Watermark, resource.Signals);
        var ordinals = resource.Slots.Select(slot => slot.Signal);
        if (resource.OverCredit != CreditReason.None)
            return (await services.Credit.ParkAsync(key, batch, [.. ordinals], resource.OverCredit), default);
        var way = await parking.WayOfAsync(key, batch);
        if (way == Way.Behind) return (await parking.ParkAsync(key, batch, ordinals, Behind, tried: false), default);
        if (way == Way.Beside) batch = batch with { Checkpoint = 0 };
        var grain = resources.Get(key);
        var failures = 0;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var answer = await grain.Apply(batch);
                resource.IsFirst = answer.IsFirst;
                return (answer.Fates, answer.Flush);
            }
            catch (HandlingFailedException error) when (++failures >= options.Attempts)
            {
                LogParked(log, options.Attempts, error);
                var reason = $"{error.Message}, {options.Attempts} times running";
                return (await parking.ParkAsync(key, batch, ordinals, reason, tried: true), default);
            }
            catch (Exception error) when (error is not ReaderReplacedException)
            {
                Tell(at.Partition, error);
                await Task.Delay(RestOf(attempt), services.Time, cancel);
            }
        }
    }

    /// <summary>What is out of order around a resource mends itself; nobody gains from asking all the time.</summary>
    private TimeSpan RestOf(int attempt)
    {
        var rest = options.RetryDelay * Math.Pow(2, Math.Min(attempt, DoublingsMost) - 1);
        return rest < RestMost ? rest : RestMost;
    }

    private void Tell(string partition, Exception error)
    {
        _untold++;
        if (_told != 0 && services.Time.GetElapsedTime(_told) < TellEvery) return;
        LogCallsFailed(log, partition, _untold, error);
        (_told, _untold) = (services.Time.GetTimestamp(), 0);
    }

    [LoggerMessage(
        LogLevel.Warning, "{Partition}: {Calls} calls of resources failed since the last such line; they are made again")]
    private static partial void LogCallsFailed(ILogger log, string partition, int calls, Exception error);

    [LoggerMessage(LogLevel.Error, "A resource's signals could not be applied {Attempts} times running; they are parked")]
    private static partial void LogParked(ILogger log, int attempts, Exception error);
}

/// <summary>Where a partition is, as every call says.</summary>
internal readonly record struct PartitionAt(string Partition, int Epoch, long Checkpoint, DateTimeOffset Watermark);
