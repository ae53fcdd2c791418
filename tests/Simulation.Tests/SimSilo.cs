using Correlation.Delivery;

namespace Correlation.Simulation.Tests;

/// <summary>One silo: its activations, its flushes, its readers.</summary>
internal sealed class SimSilo
{
    private readonly SimWorld world;
    private readonly FlushLog _log;
    private readonly Dictionary<string, Task<SimActivation>> _activations = [];
    private HashSet<SimActivation> _dirty = [];
    private Task<SimCustomerGrain>? _customer;
    private Task<SimRemediationGrain>? _remediation;

    public SimSilo(SimWorld world, string name)
    {
        this.world = world;
        Process = new SimProcess(name);
        _log = new FlushLog(name);
        Parking = new SimParking(this);
    }

    public SimWorld World => world;

    public SimProcess Process { get; }

    public SimParking Parking { get; }

    public FlushId MarkDirty(SimActivation state)
    {
        _dirty.Add(state);
        return new FlushId(Process.Name, _log.Open);
    }

    public void Acknowledged(string key, long oldestPending) => _log.Acknowledged(key, oldestPending);

    public FlushStatus StatusOf(FlushId flush) => Process.Alive ? _log.StatusOf(flush) : FlushStatus.Lost;

    public string WhatIsLeft() =>
        $"{Process.Name} has flushes {_log.Done + 1} to {_log.Open} with {_log.Debts} debts, {_dirty.Count} dirty states";

    public void Lose() => _log.Lose();

    public void Forget(SimActivation activation) => _activations.Remove(activation.Key);

    /// <summary>The runtime ends one of its activations, if it has any.</summary>
    public void DeactivateOne()
    {
        var loaded = _activations.Values.Where(activation => activation.IsCompleted).ToList();
        if (loaded.Count > 0) _ = loaded[world.Scheduler.Random.Next(loaded.Count)].Result.DeactivateAsync();
    }

    public async Task<SimActivation> ActivateAsync(string key)
    {
        if (!_activations.TryGetValue(key, out var activation)) _activations[key] = activation = LoadAsync(key);

        // A task with two awaiters ends one of them on another thread: wait by hops instead.
        while (!activation.IsCompleted) await world.Scheduler.Hop(Process);
        return await activation;
    }

    public async Task<SimCustomerGrain> CustomerAsync()
    {
        _customer ??= LoadedAsync(new SimCustomerGrain(this));
        while (!_customer.IsCompleted) await world.Scheduler.Hop(Process);
        return await _customer;
    }

    public async Task<SimRemediationGrain> RemediationAsync()
    {
        _remediation ??= LoadedAsync(new SimRemediationGrain(this));
        while (!_remediation.IsCompleted) await world.Scheduler.Hop(Process);
        return await _remediation;
    }

    private static async Task<SimCustomerGrain> LoadedAsync(SimCustomerGrain grain)
    {
        await grain.LoadAsync();
        return grain;
    }

    private static async Task<SimRemediationGrain> LoadedAsync(SimRemediationGrain grain)
    {
        await grain.LoadAsync();
        return grain;
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
        var captured = _dirty.Select(state => (State: state, Image: state.Capture()))
            .Where(item => item.Image is not null).ToList();
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
        else _log.Written(flush, written.Where(item => item.Debt > 0)
            .Select(item => KeyValuePair.Create(item.State.Key, item.Debt)));
    }
}
