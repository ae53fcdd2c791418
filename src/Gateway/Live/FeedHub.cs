using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using Correlation.Contracts;
using Correlation.Gateway.Access;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Correlation.Gateway.Live;

/// <summary>Watches the cluster's feed once for this process and passes it on to every page and connection.</summary>
internal sealed partial class FeedHub(
    IGrainFactory grains, IOptions<GatewayOptions> options, TimeProvider clock, ILogger<FeedHub> log)
    : BackgroundService, IFeedObserver
{
    private readonly ConcurrentDictionary<FeedWatch, byte> watches = [];

    /// <summary>How many watch now.</summary>
    public int Count => watches.Count;

    /// <summary>Watches what a caller may see, until the watch is disposed of.</summary>
    /// <returns>Null when there are as many watchers as there may be.</returns>
    public FeedWatch? Watch(Caller caller)
    {
        if (watches.Count >= options.Value.Watchers) return null;
        var channel = Channel.CreateBounded<FeedEvent>(
            new BoundedChannelOptions(options.Value.EventsWaiting)
            {
                FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true,
            });
        var watch = new FeedWatch(caller, channel, w => watches.TryRemove(w, out _));
        watches.TryAdd(watch, 0);
        return watch;
    }

    /// <inheritdoc/>
    public Task OnEvents(ImmutableArray<FeedEvent> events)
    {
        foreach (var watch in watches.Keys)
            foreach (var happened in events) watch.Offer(happened);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        IFeedObserver? self = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                self ??= grains.CreateObjectReference<IFeedObserver>(this);
                await grains.GetGrain<IFeedGrain>(0).Subscribe(self);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                SubscribeFailed(log, e.GetType().Name);
            }

            await Task.Delay(options.Value.Resubscribe, clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        foreach (var watch in watches.Keys) watch.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Watch the feed failed ({Error}); trying again.")]
    private static partial void SubscribeFailed(ILogger log, string error);
}
