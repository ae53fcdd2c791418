using Correlation.Delivery;

namespace Correlation.Simulation.Tests;

/// <summary>The silos of a run: who lives where, who is killed, stands still or is ended, and who reads what.</summary>
internal sealed class SimCluster(SimWorld world)
{
    private const int Silos = 3;
    private const int ZombieSteps = 200;

    private readonly List<SimSilo> _silos = [];
    private readonly Dictionary<string, SimSilo> _places = [];
    private readonly List<(int Partition, SimSilo Silo)> _readers = [];
    private readonly List<(SimSilo Silo, long Wakes, long Ends)> _zombies = [];
    private int _generation;

    public int Kills { get; private set; }

    private SimRandom Random => world.Scheduler.Random;

    public void Start()
    {
        for (var i = 0; i < Silos; i++) StartSilo();
        EnsureReaders();
    }

    /// <summary>What goes wrong with silos at this step.</summary>
    public void Stir()
    {
        var faults = world.Faults;
        if (faults.Happens(SimFault.Kill)) Kill();
        if (faults.Happens(SimFault.Zombie)) Stand();
        if (faults.Happens(SimFault.SecondReader)) StartReader(Random.Next(world.Stream.Partitions));
        if (faults.Happens(SimFault.Deactivation)) _silos[Random.Next(_silos.Count)].DeactivateOne();
        EndZombies();
        EnsureReaders();
    }

    /// <summary>What became of a flush, as any silo is told: a silo that is dead or thought dead has lost what
    /// was not settled.</summary>
    public FlushStatus StatusOf(FlushId flush) =>
        _silos.Find(silo => silo.Process.Name == flush.Silo)?.StatusOf(flush) ?? FlushStatus.Lost;

    /// <summary>The silo that a grain is called on: its place in the directory, or now and then another one.</summary>
    public SimSilo Place(string key)
    {
        if (world.Faults.Happens(SimFault.DoubleActivation)) return _silos[Random.Next(_silos.Count)];
        if (!_places.TryGetValue(key, out var place) || !_silos.Contains(place))
        {
            _places[key] = place = _silos[Random.Next(_silos.Count)];
        }

        return place;
    }

    /// <summary>What each silo waits for, for whoever looks at a run that does not come to rest.</summary>
    public string WhatIsLeft() => string.Join("; ", _silos.Select(silo => silo.WhatIsLeft()));

    private void Kill()
    {
        var victim = Remove();
        world.Network.Kill(victim.Process);
        world.Tell($"{victim.Process.Name} is killed");
        Kills++;
    }

    /// <summary>A silo is stopped (SIGSTOP) and thought dead; when it goes on it works on what it knew, until
    /// it learns better.</summary>
    private void Stand()
    {
        var silo = Remove();
        silo.Process.Standing = true;
        world.Network.Break(silo.Process);
        _zombies.Add((silo, world.Scheduler.Steps + Random.Next(ZombieSteps), world.Scheduler.Steps + (2 * ZombieSteps)));
        world.Tell($"{silo.Process.Name} stands still and is thought dead");
    }

    private void EndZombies()
    {
        foreach (var zombie in _zombies.ToList())
        {
            if (world.Scheduler.Steps >= zombie.Wakes) zombie.Silo.Process.Standing = false;
            if (world.Scheduler.Steps < zombie.Ends) continue;
            world.Network.Kill(zombie.Silo.Process);
            _zombies.Remove(zombie);
            world.Tell($"{zombie.Silo.Process.Name} learns that it is dead");
        }
    }

    private SimSilo Remove()
    {
        var victim = _silos[Random.Next(_silos.Count)];
        _silos.Remove(victim);
        _readers.RemoveAll(reader => reader.Silo == victim);
        StartSilo();
        return victim;
    }

    private void StartSilo()
    {
        var silo = new SimSilo(world, $"silo-{++_generation}");
        _silos.Add(silo);
        world.Watch(silo.RunFlushesAsync());
        if (world.Parks) world.Watch(silo.Parking.RunAsync());
    }

    private void EnsureReaders()
    {
        for (var partition = 0; partition < world.Stream.Partitions; partition++)
        {
            if (!_readers.Exists(reader => reader.Partition == partition)) StartReader(partition);
        }
    }

    private void StartReader(int partition)
    {
        var silo = _silos[Random.Next(_silos.Count)];
        _readers.Add((partition, silo));
        world.Watch(new SimReader(silo, partition).RunAsync());
    }
}
