using System.Threading.Channels;
using Correlation.Contracts;
using Correlation.Gateway.Access;

namespace Correlation.Gateway.Live;

/// <summary>One watcher's events, bounded: a slow one loses the oldest.</summary>
internal sealed class FeedWatch(Caller caller, Channel<FeedEvent> channel, Action<FeedWatch> leave) : IDisposable
{
    /// <summary>What happened; ends when the watch is over.</summary>
    public ChannelReader<FeedEvent> Events => channel.Reader;

    /// <summary>Takes an event if the watcher may see its customer.</summary>
    public void Offer(FeedEvent happened)
    {
        if (caller.Sees(happened.Customer)) channel.Writer.TryWrite(happened);
    }

    /// <summary>Watches no more.</summary>
    public void Dispose()
    {
        leave(this);
        channel.Writer.TryComplete();
    }
}
