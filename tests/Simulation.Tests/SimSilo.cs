using Correlation.Delivery;

namespace Correlation.Simulation.Tests;

/// <summary>One silo: its activations, its flushes, its readers.</summary>
internal sealed class SimSilo(SimWorld world, string name)
{
    private readonly FlushLog _log = new();
    private readonly Dictionary<string, Task<SimActivation>> _activations = [];
    private HashSet<SimActivation> _dirty = [];

    public SimWorld World => world;

    public SimProcess Process { get; } = new(name);

    public FlushId MarkDirty(SimActivation state)
    {
        _dirty.Add(state);
        return new FlushId(Process.Name, _log.Open);
    }

    public void Acknowledged(string key, long oldestPending) => _log.Acknowledged(key, oldestPending);

    public FlushStatus StatusOf(long flush) => Process.Alive ? _log.StatusOf(flush) : FlushStatus.Lost;

    public void Forget(SimActivation activation) => _activations.Remove(activation.Key);

    public async Task<SimActivation> ActivateAsync(string key)
    {
        if (!_activations.TryGetValue(key, out var activation)) _activations[key] = activation = LoadAsync(key);

        // A task with two awaiters ends one of them on another thread: wait by hops instead.
        while (!activation.IsCompleted) await world.Scheduler.Hop(Process);
        return await activation;
    }

    public async Task RunFlushesAsync()
    {
        while (true)
        {
            await world.Scheduler.Hop(Process);
            if (_dirty.Count > 0) await FlushAsync();
        }
    }

    private async Task<SimActivation> LoadAsync(string key)
    {
        var activation = new SimActivation(this, key);
        await activation.LoadAsync();
        return activation;
    }

    private async Task FlushAsync()
    {
        var flush = _log.Close();
        var captured = _dirty.Select(state => (State: state, Image: state.Capture())).Where(item => item.Image is not null)
            .ToList();
        _dirty = [];
        try
        {
            var outcomes = await world.Storage.WriteAsync(
                Process, [.. captured.Select(item => (item.State.Key, item.Image!.Value.Expected, item.Image.Value.Data))]);
            Book(flush, captured.Select((item, i) => (item.State, item.Image!.Value.Debt, outcomes[i])).ToList());
        }
        catch (UnknownOutcomeException)
        {
            _log.Lose();
            foreach (var (state, _) in captured) state.GiveUp();
        }
    }

    private void Book(long flush, List<(SimActivation State, long Debt, long? ETag)> written)
    {
        foreach (var (state, debt, etag) in written)
        {
            if (etag is { } stored) state.Stored(stored, debt);
            else state.GiveUp();
        }

        if (written.Exists(item => item.ETag is null)) _log.Lose();
        else
            _log.Written(
                flush, written.Where(item => item.Debt > 0).Select(item => KeyValuePair.Create(item.State.Key, item.Debt)));
    }
}
