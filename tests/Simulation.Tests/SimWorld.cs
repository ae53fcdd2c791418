using Correlation.Customers;
using Correlation.Delivery;
using Correlation.Resources;
using Correlation.Signals;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Correlation.Simulation.Tests;

/// <summary>Silos, readers, storage and network of one run, all driven by one seed.</summary>
internal sealed class SimWorld
{
    public const string Stream = "sim";
    public static readonly CustomerKey Owner = CustomerKey.Parse("contoso");
    public static readonly ResourceOptions Options = new();

    private const int Partitions = 3;
    private const int MessagesEach = 12;
    private const int Silos = 3;
    private const int FaultySteps = 4_000;
    private const int StepsMax = 400_000;
    private static readonly Serializer Serializer =
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    private readonly SimFaults _faults;
    private readonly List<SimSilo> _silos = [];
    private readonly Dictionary<string, SimSilo> _places = [];
    private readonly List<(int Partition, SimSilo Silo)> _readers = [];
    private int _generation;

    public SimWorld(ulong seed)
    {
        var random = new SimRandom(seed);
        _faults = new SimFaults(random);
        Scheduler = new SimScheduler(random);
        Network = new SimNetwork(Scheduler, _faults);
        Storage = new SimStorage(Scheduler, _faults);
        Log = SimWorkload.Draw(random, Partitions, MessagesEach);
    }

    public SimScheduler Scheduler { get; }

    public SimNetwork Network { get; }

    public SimStorage Storage { get; }

    public SimCustomer Customer { get; } = new();

    /// <summary>What is never killed: the customer's side.</summary>
    public SimProcess Outside { get; } = new("outside");

    public List<List<(Message Message, Signal[] Signals)>> Log { get; }

    public int Rewinds { get; set; }

    public int Kills { get; private set; }

    public byte[] Write<T>(T value) => Serializer.SerializeToArray(value);

    public T Read<T>(byte[] data) => Serializer.Deserialize<T>(data)!;

    public List<(Message Message, Signal[] Signals)> Messages(int partition, long from, int most) =>
        [.. Log[partition].Skip((int)from).Take(most)];

    public FlushStatus StatusOf(FlushId flush) =>
        _silos.Find(silo => silo.Process.Name == flush.Silo)?.StatusOf(flush.Number) ?? FlushStatus.Lost;

    /// <summary>The silo that a resource is called on: its place in the directory, or now and then another one.</summary>
    public SimSilo Place(string key)
    {
        if (_faults.Happens(_faults.DoubleActivation)) return _silos[Scheduler.Random.Next(_silos.Count)];
        if (!_places.TryGetValue(key, out var place) || !place.Process.Alive)
        {
            _places[key] = place = _silos[Scheduler.Random.Next(_silos.Count)];
        }

        return place;
    }

    public Checkpoint CheckpointOf(int partition) =>
        Storage.Rows.TryGetValue($"checkpoint/{partition}", out var row) ? Read<Checkpoint>(row.Data) : Checkpoint.Start;

    /// <summary>What no partition can still change: the smallest checkpointed log time less the lateness.</summary>
    public DateTimeOffset Watermark()
    {
        var least = Enumerable.Range(0, Partitions).Select(CheckpointOf)
            .Min(checkpoint => checkpoint.LogTime ?? DateTimeOffset.MinValue);
        return least == DateTimeOffset.MinValue ? least : least - Options.Lateness;
    }

    public async Task<bool> ReportAsync(IReadOnlyList<OutboxEntry<OwnedEffect>> entries)
    {
        await Scheduler.Hop(Outside);
        Customer.Take(entries.Select(entry => entry.Item));
        return true;
    }

    /// <summary>Runs until every partition is checkpointed to its end.</summary>
    /// <exception cref="InvalidOperationException">It did not come to rest.</exception>
    /// <remarks>
    /// On a thread of its own, which has no synchronization context and no task scheduler: whatever is awaited goes on in the
    /// very step that ends it.
    /// </remarks>
    public void Run()
    {
        Exception? failed = null;
        var thread = new Thread(() =>
        {
            try
            {
                RunAll();
            }
            catch (Exception error)
            {
                failed = error;
            }
        });
        thread.Start();
        thread.Join();
        if (failed is not null) throw new InvalidOperationException(failed.Message, failed);
    }

    private void RunAll()
    {
        for (var i = 0; i < Silos; i++) StartSilo();
        while (!IsAtRest())
        {
            _faults.Over = Scheduler.Steps > FaultySteps;
            if (_faults.Happens(_faults.Kill)) KillOne();
            if (_faults.Happens(_faults.SecondReader)) StartReader(Scheduler.Random.Next(Partitions));
            EnsureReaders();
            if (!Scheduler.RunOne() || Scheduler.Steps > StepsMax)
            {
                throw new InvalidOperationException($"No rest after {Scheduler.Steps} steps; checkpoints {Checkpoints()}.");
            }
        }
    }

    private bool IsAtRest() =>
        Scheduler.Steps % 50 == 0 && Enumerable.Range(0, Partitions).All(p => CheckpointOf(p).Offset == MessagesEach);

    private string Checkpoints() =>
        string.Join(", ", Enumerable.Range(0, Partitions).Select(partition => CheckpointOf(partition).Offset));

    private void KillOne()
    {
        var victim = _silos[Scheduler.Random.Next(_silos.Count)];
        _silos.Remove(victim);
        Network.Kill(victim.Process);
        _readers.RemoveAll(reader => reader.Silo == victim);
        Kills++;
        StartSilo();
    }

    private void StartSilo()
    {
        var silo = new SimSilo(this, $"silo-{++_generation}");
        _silos.Add(silo);
        _ = silo.RunFlushesAsync();
    }

    private void EnsureReaders()
    {
        for (var partition = 0; partition < Partitions; partition++)
        {
            if (!_readers.Exists(reader => reader.Partition == partition)) StartReader(partition);
        }
    }

    private void StartReader(int partition)
    {
        var silo = _silos[Scheduler.Random.Next(_silos.Count)];
        _readers.Add((partition, silo));
        _ = new SimReader(silo, partition).RunAsync();
    }
}
