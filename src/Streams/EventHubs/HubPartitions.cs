namespace Correlation.Streams.EventHubs;

/// <summary>Which partitions the hubs have: asked for in the background now and then, so that growth is followed.</summary>
/// <remarks>A partition that is not known yet holds no time back until it is found. Its first messages are read then; they would
/// be late only if finding it took longer than the lateness.</remarks>
internal sealed class HubPartitions(
    IHubAdmin admin, HubNumbers numbers, EventHubsOptions options, HubHealth health, TimeProvider time)
{
    /// <summary>How long somebody who asks waits for the service; it is asked on behind his back.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>How long the service is left alone after it did not name all hubs' partitions.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _counts = [];
    private Task _asking = Task.CompletedTask;
    private long? _asked;

    /// <summary>The numbers of all partitions in the stream, ascending.</summary>
    /// <exception cref="StreamUnavailableException">Not all hubs have ever been known.</exception>
    public async Task<IReadOnlyList<int>> AllAsync(CancellationToken cancel)
    {
        var asking = Ask();
        if (Known() is { } known) return known;
        await Task.WhenAny(asking, Task.Delay(Patience, time, cancel));
        return Known() ?? throw new StreamUnavailableException(
            health.Trouble ?? "Event Hubs has not said yet which partitions there are.");
    }

    private IReadOnlyList<int>? Known()
    {
        lock (_gate) return numbers.Names.All(_counts.ContainsKey) ? numbers.All(_counts) : null;
    }

    private Task Ask()
    {
        lock (_gate)
        {
            var interval = numbers.Names.All(_counts.ContainsKey) ? options.DiscoveryInterval : Rest;
            if (!_asking.IsCompleted || (_asked is { } at && time.GetElapsedTime(at) < interval)) return _asking;
            _asked = time.GetTimestamp();
            return _asking = Task.Run(AskAsync);
        }
    }

    private async Task AskAsync()
    {
        var counts = await admin.PartitionCountsAsync(numbers.Names);
        lock (_gate)
        {
            _asked = time.GetTimestamp();
            foreach (var (hub, count) in counts) _counts[hub] = Math.Max(count, _counts.GetValueOrDefault(hub));
        }
    }
}
