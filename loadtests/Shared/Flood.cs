namespace Correlation.LoadTests.Shared;

/// <summary>Sends as fast as the gateway accepts and the pipeline keeps up with: a dozen calls in flight, and none is begun
/// while
/// more messages wait in the stream than make up about a second.</summary>
internal sealed class Flood(SiloProcess silo, Door door, IEnumerator<(byte[] Body, int Records)> source)
{
    private const int Calls = 12;
    private const long BehindMost = 400;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(5);

    private readonly Lock _gate = new();
    private long _behind;

    /// <summary>Sends until it is told to stop, or the source is empty.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var sent = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var watch = WatchAsync(sent.Token);
        var senders = Enumerable.Range(0, Calls).Select(_ => SendAsync(sent.Token)).ToList();
        try
        {
            // Who watches fails only where the product does not answer; nobody may go on sending then.
            await await Task.WhenAny(watch, Task.WhenAll(senders));
        }
        finally
        {
            await sent.CancelAsync();
            await Task.WhenAll([watch, .. senders]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WatchAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Volatile.Write(ref _behind, (await silo.CountersAsync()).Behind);
            await Task.Delay(Look, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SendAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (Volatile.Read(ref _behind) > BehindMost)
            {
                await Task.Delay(Rest, CancellationToken.None);
                continue;
            }

            if (Next() is not { } body) return;
            await door.SendAsync(body);
        }
    }

    private byte[]? Next()
    {
        lock (_gate) return source.MoveNext() ? source.Current.Body : null;
    }
}
