using Correlation.Contracts;
using Correlation.Delivery;
using Correlation.Grains.Parking;
using Correlation.Signals;
using Microsoft.Extensions.Logging;

namespace Correlation.Grains.Readers;

/// <summary>Sends a batch's signals to their resources: one call a resource, tried again on failure, parked in the end.</summary>
internal sealed partial class ResourceCalls(
    IGrainFactory grains, ParkingDoor parking, ReaderOptions options, TimeProvider time, ILogger log)
{
    private const string Behind = "behind earlier parked signals";

    /// <summary>Sends a batch; ends when every signal of it has a fate.</summary>
    /// <returns>The flushes that make the effects durable.</returns>
    public async Task<IReadOnlyCollection<FlushId>> SendAsync(BatchWork work, PartitionAt at, CancellationToken cancel)
    {
        var flushes = new HashSet<FlushId>();
        var calls = work.Resources.Select(resource => SendAsync(resource, at, cancel)).ToList();
        foreach (var (resource, call) in work.Resources.Zip(calls))
        {
            var (fates, flush) = await call;
            work.Book(resource, fates);
            if (flush.Number > 0) flushes.Add(flush);
        }

        return flushes;
    }

    private async Task<(IReadOnlyList<Fate> Fates, FlushId Flush)> SendAsync(
        ResourceWork resource, PartitionAt at, CancellationToken cancel)
    {
        var key = ResourceKeys.Of(resource.Resource, resource.Owner);
        var batch = new ResourceBatch(
            resource.Resource, resource.Owner, at.Partition, at.Epoch, at.Checkpoint, at.Watermark, resource.Signals);
        var ordinals = resource.Slots.Select(slot => slot.Signal);
        var way = await parking.WayOfAsync(key, batch);
        if (way == Way.Behind) return (await parking.ParkAsync(key, batch, ordinals, Behind, tried: false), default);
        if (way == Way.Beside) batch = batch with { Checkpoint = 0 };
        var grain = grains.GetGrain<IResourceGrain>(key);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var answer = await grain.Apply(batch);
                resource.IsFirst = answer.IsFirst;
                return (answer.Fates, answer.Flush);
            }
            catch (Exception error) when (IsOnTheWay(error))
            {
                LogUnreachable(log, error);
                attempt--;
                await Task.Delay(options.RetryDelay, time, cancel);
            }
            catch (Exception error) when (attempt < options.Attempts)
            {
                LogCallFailed(log, attempt, error);
                await Task.Delay(options.RetryDelay * Math.Pow(2, attempt - 1), time, cancel);
            }
            catch (Exception error)
            {
                LogParked(log, options.Attempts, error);
                var reason = $"{error.GetType().Name}, {options.Attempts} times running";
                return (await parking.ParkAsync(key, batch, ordinals, reason, tried: true), default);
            }
        }
    }

    /// <summary>The call did not come to the resource, because its silo is gone or going: that says nothing about the resource.
    /// It is tried again until membership has a place for it.</summary>
    private static bool IsOnTheWay(Exception error) =>
        error is SiloUnavailableException or OrleansMessageRejectionException;

    [LoggerMessage(LogLevel.Debug, "A resource's silo cannot be reached; its signals are sent again")]
    private static partial void LogUnreachable(ILogger log, Exception error);

    [LoggerMessage(LogLevel.Warning, "A resource's signals could not be applied, attempt {Attempt}; they are tried again")]
    private static partial void LogCallFailed(ILogger log, int attempt, Exception error);

    [LoggerMessage(LogLevel.Error, "A resource's signals could not be applied {Attempts} times running; they are parked")]
    private static partial void LogParked(ILogger log, int attempts, Exception error);
}

/// <summary>Where a partition is, as every call says.</summary>
internal readonly record struct PartitionAt(string Partition, int Epoch, long Checkpoint, DateTimeOffset Watermark);
