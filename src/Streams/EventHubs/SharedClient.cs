namespace Correlation.Streams.EventHubs;

/// <summary>A native client that several threads use and one ends: it is not destroyed while a call is under way, and not called
/// afterwards.</summary>
/// <remarks>The Kafka clients free their native handle at once, and a call that has just begun then reads freed memory: the
/// process ends without a word.</remarks>
/// <param name="client">The client; it is owned.</param>
internal sealed class SharedClient<T>(T client) : IDisposable
    where T : class, IDisposable
{
    private readonly object _gate = new();
    private int _calls;
    private bool _isClosed;

    /// <summary>Calls the client. Of an asynchronous call only the beginning counts as under way: its end needs no
    /// handle.</summary>
    /// <exception cref="ObjectDisposedException">It has ended.</exception>
    public TResult Use<TResult>(Func<T, TResult> call)
    {
        Enter();
        try
        {
            return call(client);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Calls the client where nothing is answered.</summary>
    /// <exception cref="ObjectDisposedException">It has ended.</exception>
    public void Use(Action<T> call) => Use(it =>
    {
        call(it);
        return true;
    });

    /// <summary>Takes no more calls, waits for those under way, and ends the client. Not to be called from within a
    /// call.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isClosed) return;
            _isClosed = true;
            while (_calls > 0) Monitor.Wait(_gate);
        }

        client.Dispose();
    }

    private void Enter()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _calls++;
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_calls == 0 && _isClosed) Monitor.PulseAll(_gate);
        }
    }
}
