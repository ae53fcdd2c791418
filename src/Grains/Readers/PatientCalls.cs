using System.Collections.Concurrent;

namespace Correlation.Grains.Readers;

/// <summary>Calls that are made again until they are answered, one at a time for each key.</summary>
/// <param name="time">The clock.</param>
/// <param name="failed">Told of the first failure of each.</param>
internal sealed class PatientCalls(TimeProvider time, Action<Exception> failed)
{
    /// <summary>How long after a failure the call is made again: while a silo that is gone is not yet called so they fail at
    /// once, and as soon as it is, what it held goes on elsewhere.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, byte> _calling = [];

    /// <summary>Makes a call; nothing where one of that key is not answered yet.</summary>
    public void Begin(string key, Func<Task> call, CancellationToken cancel)
    {
        if (_calling.TryAdd(key, 0)) _ = UntilAnsweredAsync(key, call, cancel);
    }

    private async Task UntilAnsweredAsync(string key, Func<Task> call, CancellationToken cancel)
    {
        for (var failures = 0; !cancel.IsCancellationRequested; failures++)
        {
            try
            {
                await call();
                break;
            }
            catch (Exception error)
            {
                if (failures == 0) failed(error);
            }

            await Task.Delay(Rest, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _calling.TryRemove(key, out _);
    }
}
