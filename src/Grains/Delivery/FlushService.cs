using System.Collections.Immutable;
using Correlation.Delivery;
using Microsoft.Extensions.Logging;
using Orleans.CodeGeneration;
using Orleans.Services;

namespace Correlation.Grains.Delivery;

/// <summary>Answers readers on other silos what became of this silo's flushes.</summary>
[Alias("IFlushService"), Version(1)]
internal interface IFlushService : IGrainService
{
    /// <summary>The status of each flush named, all of this silo.</summary>
    /// <exception cref="DeliveryInvariantException">One of them is of a silo that had this one's address before.</exception>
    [Alias("StatusOf")] Task<ImmutableArray<FlushStatus>> StatusOf(ImmutableArray<FlushId> flushes);
}

/// <inheritdoc cref="IFlushService"/>
internal sealed class FlushService(GrainId id, Silo silo, ILoggerFactory logs, StateFlusher flusher)
    : GrainService(id, silo, logs), IFlushService
{
    /// <inheritdoc/>
    public Task<ImmutableArray<FlushStatus>> StatusOf(ImmutableArray<FlushId> flushes) =>
        Task.FromResult(flushes.Select(flusher.StatusOf).ToImmutableArray());
}
