namespace Correlation.Simulation.Tests;

/// <summary>A call or write whose outcome the caller does not know.</summary>
internal sealed class UnknownOutcomeException(string what) : Exception(what);

/// <summary>Calls between processes: delayed at will, lost, answered into the void, broken off when the callee dies.</summary>
internal sealed class SimNetwork(SimScheduler scheduler, SimFaults faults)
{
    private readonly List<(SimProcess To, Action Broken)> _calls = [];

    public async Task<T> CallAsync<T>(SimProcess from, SimProcess to, Func<Task<T>> serve)
    {
        var answer = new TaskCompletionSource<T>();
        var call = (to, (Action)(() => scheduler.Add(
            from, () => answer.TrySetException(new UnknownOutcomeException("the callee died")))));
        _calls.Add(call);
        if (to.Alive) _ = ServeAsync(from, to, serve, answer);
        else call.Item2();
        try
        {
            return await answer.Task;
        }
        finally
        {
            _calls.Remove(call);
        }
    }

    public void Kill(SimProcess process)
    {
        process.Alive = false;
        Break(process);
    }

    /// <summary>Whoever waits for the process is told that it died; it may still do what it was asked.</summary>
    public void Break(SimProcess process)
    {
        foreach (var (_, broken) in _calls.Where(call => call.To == process).ToList()) broken();
    }

    private async Task ServeAsync<T>(SimProcess from, SimProcess to, Func<Task<T>> serve, TaskCompletionSource<T> answer)
    {
        try
        {
            await scheduler.Hop(to);
            if (faults.Happens(SimFault.LostCall)) throw new UnknownOutcomeException("the call was lost");
            var result = await serve();
            await scheduler.Hop(from);
            if (faults.Happens(SimFault.LostAnswer)) answer.TrySetException(new UnknownOutcomeException("the answer was lost"));
            else answer.TrySetResult(result);
        }
        catch (Exception error)
        {
            scheduler.Add(from, () => answer.TrySetException(error));
        }
    }
}
