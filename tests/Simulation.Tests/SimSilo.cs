using Correlation.Delivery;

namespace Correlation.Simulation.Tests;

/// <summary>One silo: its activations, its flushes, its readers.</summary>
internal sealed class SimSilo
{
    private readonly SimWorld world;
    private readonly FlushLog _log;
    private readonly Dictionary<string, Task<SimActivation>> _activations = [];
    private HashSet<SimActivation> _dirty = [];
    private HashSet<SimActivation> _early = [];
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

    public FlushId MarkDirty(SimActivation state, bool urgent)
    {
        _dirty.Add(state);
        if (urgent) _early.Add(state);
        return new FlushId(Process.Name, _log.Open);
    }

    public void Acknowledged(string key, long oldestPending) => _log.Acknowledged(key, oldestPending);

    public FlushStatus StatusOf(FlushId flush) => Process.Alive ? _log.StatusOf(flush) : FlushStatus.Lost;

    public string WhatIsLeft() =>
        $"{Process.Name} has flushes {_log.Done + 1} to {_log.Open} with {_log.Debts} debts, {_dirty.Count} dirty states";

    public void Abandon(SimActivation state)
    {
        _dirty.Remove(state);
        _log.Lose();
    }

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

    /// <summary>What somebody waits for is written early; the open flush is closed and written some time.</summary>
    public async Task RunFlushesAsync()
    {
        while (true)
        {
            await world.Scheduler.Hop(Process);
            await WriteEarlyAsync();
            if (_dirty.Count > 0 && world.Scheduler.Random.Next(2) == 0) await FlushAsync();
        }
    }

    private async Task<SimActivation> LoadAsync(string key)
    {
        var activation = new SimActivation(this, key);
        await activation.LoadAsync();
        return activation;
    }

    /// <summary>Writes the open flush part by part, and between two parts what somebody waits for.</summary>
    private async Task FlushAsync()
    {
        var flush = _log.Close();
        var left = _dirty.ToList();
        _dirty = [];
        var debts = new List<KeyValuePair<string, long>>();
        while (left.Count > 0)
        {
            var part = 1 + world.Scheduler.Random.Next(left.Count);
            await WriteAsync(left[..part], debts);
            left.RemoveRange(0, part);
            await WriteEarlyAsync();
        }

        _log.Written(flush, debts);
    }

    private async Task WriteEarlyAsync()
    {
        if (_early.Count == 0) return;
        var early = _early.ToList();
        _early = [];
        await WriteAsync(early, []);
        if (world.Mutant == SimMutant.EarlyWriteOwesNothing) _dirty.ExceptWith(early);
    }

    private async Task WriteAsync(List<SimActivation> states, List<KeyValuePair<string, long>> debts)
    {
        var images = new List<(SimActivation State, SimImage Image)>();
        foreach (var state in states)
        {
            if (state.Capture() is not { } image) continue;
            if (image.Debt > 0) debts.Add(KeyValuePair.Create(state.Key, image.Debt));
            if (image.Data is not null) images.Add((state, image));
        }

        if (images.Count == 0) return;
        try
        {
            var outcomes = await world.Storage.WriteAsync(
                Process, [.. images.Select(item => (item.State.Key, item.Image.Expected, item.Image.Data!))]);
            foreach (var ((state, image), etag) in images.Zip(outcomes))
            {
                if (etag is { } stored) state.Stored(stored, image.Debt);
                else state.GiveUp();
            }

            if (outcomes.Contains(null)) _log.Lose();
        }
        catch (UnknownOutcomeException)
        {
            foreach (var (state, _) in images) state.GiveUp();
            _log.Lose();
        }
    }
}

/// <summary>A state at one moment, as <c>FlushImage</c>: without data where it is stored as it is.</summary>
internal readonly record struct SimImage(long Expected, byte[]? Data, long Debt);
