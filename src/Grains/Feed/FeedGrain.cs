using System.Collections.Immutable;
using Correlation.Contracts;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace Correlation.Grains.Feed;

/// <summary>Tells watchers what happens; one that does not subscribe again within two minutes is forgotten.</summary>
internal sealed class FeedGrain : Grain, IFeedGrain
{
    private static readonly TimeSpan Expiry = TimeSpan.FromMinutes(2);

    private readonly ObserverManager<IFeedObserver> _watchers;

    public FeedGrain(TimeProvider time, ILogger<FeedGrain> log)
    {
        _watchers = new ObserverManager<IFeedObserver>(Expiry, log) { GetDateTime = () => time.GetUtcNow().UtcDateTime };
    }

    /// <inheritdoc/>
    public Task Subscribe(IFeedObserver observer)
    {
        _watchers.Subscribe(observer, observer);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Unsubscribe(IFeedObserver observer)
    {
        _watchers.Unsubscribe(observer);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Publish(ImmutableArray<FeedEvent> events)
    {
        _watchers.ClearExpired();
        return _watchers.Notify(watcher => watcher.OnEvents(events));
    }
}
