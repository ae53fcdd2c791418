using System.Collections.Immutable;
using Correlation.Delivery;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Services;
using Orleans.Services;

namespace Correlation.Grains.Delivery;

/// <summary>Answers readers on other silos what became of this silo's flushes.</summary>
[Alias("IFlushService")]
internal interface IFlushService : IGrainService
{
    /// <summary>The status of each flush named.</summary>
    [Alias("StatusOf")] Task<ImmutableArray<FlushStatus>> StatusOf(ImmutableArray<long> flushes);
}

/// <inheritdoc cref="IFlushService"/>
internal sealed class FlushService(GrainId id, Silo silo, ILoggerFactory logs, StateFlusher flusher)
    : GrainService(id, silo, logs), IFlushService
{
    /// <inheritdoc/>
    public Task<ImmutableArray<FlushStatus>> StatusOf(ImmutableArray<long> flushes) =>
        Task.FromResult(flushes.Select(flusher.StatusOf).ToImmutableArray());
}

/// <summary>Asks any silo what became of its flushes.</summary>
internal sealed class FlushClient(IServiceProvider services, StateFlusher local, ILocalSiloDetails silo)
    : GrainServiceClient<IFlushService>(services)
{
    private readonly string _local = silo.SiloAddress.ToParsableString();

    /// <summary>The status of each flush named; those of a silo that is gone or does not answer are lost.</summary>
    public async Task<Dictionary<FlushId, FlushStatus>> StatusOfAsync(IEnumerable<FlushId> flushes)
    {
        var known = new Dictionary<FlushId, FlushStatus>();
        foreach (var ofSilo in flushes.Distinct().GroupBy(flush => flush.Silo))
        {
            var numbers = ofSilo.Select(flush => flush.Number).ToImmutableArray();
            var statuses = ofSilo.Key == _local ? [.. numbers.Select(local.StatusOf)] : await AskAsync(ofSilo.Key, numbers);
            for (var i = 0; i < numbers.Length; i++) known[new FlushId(ofSilo.Key, numbers[i])] = statuses[i];
        }

        return known;
    }

    private async Task<ImmutableArray<FlushStatus>> AskAsync(string silo, ImmutableArray<long> numbers)
    {
        try
        {
            return await GetGrainService(SiloAddress.FromParsableString(silo)).StatusOf(numbers);
        }
        catch (SiloUnavailableException)
        {
            return [.. numbers.Select(_ => FlushStatus.Lost)];
        }
    }
}
