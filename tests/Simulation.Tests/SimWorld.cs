using Correlation.Customers;
using Correlation.Delivery;
using Correlation.Resources;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Correlation.Simulation.Tests;

/// <summary>Stream, storage, network and clock of one run, all driven by one seed, and the calls between its grains.</summary>
internal sealed class SimWorld
{
    public const string StreamName = "sim";
    public static readonly CustomerKey Owner = CustomerKey.Parse("contoso");
    public static readonly ResourceOptions Options = new();

    private const int Partitions = 3;
    private const int MessagesEach = 12;
    private const int TraceMax = 400;
    private static readonly Serializer Serializer =
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    private readonly Queue<string> _trace = [];

    /// <param name="seed">Draws workload, faults and order.</param>
    /// <param name="mutant">The mistake that is made; none for the real thing.</param>
    /// <param name="parks">Whether readers park what fails, half of the time; time then stands still until all lanes are empty,
    /// for what waits longer than the lateness would be late.</param>
    /// <param name="script">The one fault that happens; null where faults are drawn.</param>
    public SimWorld(ulong seed, SimMutant mutant, bool parks, SimScript? script)
    {
        var random = new SimRandom(seed);
        Mutant = mutant;
        Parks = parks;
        Faults = new SimFaults(random, script);
        Scheduler = new SimScheduler(random);
        Network = new SimNetwork(Scheduler, Faults);
        Storage = new SimStorage(Scheduler, Faults, mutant);
        Lanes = new SimLanes(Scheduler, Faults);
        Stream = new SimStream(new SimWorkload(random), Partitions, MessagesEach);
        Receiver = new SimReceiver(this);
        Cluster = new SimCluster(this);
    }

    public SimMutant Mutant { get; }

    public bool Parks { get; }

    public SimFaults Faults { get; }

    public SimScheduler Scheduler { get; }

    public SimNetwork Network { get; }

    public SimStorage Storage { get; }

    public SimLanes Lanes { get; }

    public SimStream Stream { get; }

    public SimReceiver Receiver { get; }

    public SimCluster Cluster { get; }

    /// <summary>What is never killed: the beat of time, and who is called by remediation.</summary>
    public SimProcess Outside { get; } = new("outside");

    /// <summary>How often signals were parked because their customer was over its credit.</summary>
    public int Over { get; set; }

    /// <summary>How long after the newest message it is; grows once everything was read.</summary>
    public TimeSpan Afterwards { get; set; }

    /// <summary>What happened last, oldest first: the trace of a failing seed.</summary>
    public IEnumerable<string> Trace => _trace;

    /// <summary>The invariant that did not hold, and ended something for good.</summary>
    public DeliveryInvariantException? Violation { get; private set; }

    /// <summary>Notices an invariant that ends what nobody waits for.</summary>
    public async void Watch(Task running)
    {
        try
        {
            await running;
        }
        catch (DeliveryInvariantException violated)
        {
            Violation = violated;
        }
    }

    public byte[] Write<T>(T value) => Serializer.SerializeToArray(value);

    public T Read<T>(byte[] data) => Serializer.Deserialize<T>(data)!;

    public void Tell(string what)
    {
        _trace.Enqueue($"{Scheduler.Steps,7} {what}");
        if (_trace.Count > TraceMax) _trace.Dequeue();
    }

    public FlushStatus StatusOf(FlushId flush) => Cluster.StatusOf(flush);

    public SimSilo Place(string key) => Cluster.Place(key);

    public Task<bool> CallCustomerAsync(SimProcess from, Func<SimCustomerGrain, Task<bool>> call)
    {
        var target = Place(SimCustomerGrain.Journal);
        return Network.CallAsync(from, target.Process, async () => await call(await target.CustomerAsync()));
    }

    public Task<bool> CallRemediationAsync(SimProcess from, Func<SimRemediationGrain, Task<bool>> call)
    {
        var target = Place(SimRemediationGrain.Journal);
        return Network.CallAsync(from, target.Process, async () => await call(await target.RemediationAsync()));
    }

    public Checkpoint CheckpointOf(int partition)
    {
        var checkpoint = RowOf(partition).Checkpoint;
        if (Mutant != SimMutant.LedgerApart) return checkpoint;
        var ledger = Storage.Rows.TryGetValue(SimCheckpointRow.LedgerOf(partition), out var apart)
            ? Read<SignalLedger>(apart.Data)
            : SignalLedger.Empty;
        return checkpoint with { Ledger = ledger };
    }

    /// <summary>Whether anybody has begun to read a partition.</summary>
    public bool IsBegun(int partition) => Storage.Rows.ContainsKey(SimCheckpointRow.RowOf(partition));

    /// <summary>The positions below a partition's checkpoint that are parked in its books.</summary>
    public HashSet<string> ParkedOf(int partition) => RowOf(partition).Parked;

    /// <summary>Before it nothing can still come.</summary>
    public DateTimeOffset Watermark() => Clock().Watermark(Options.Lateness);

    /// <summary>The time of all partitions: a partition read to its end goes with the wall clock.</summary>
    public LogClock Clock()
    {
        var least = Parks && !(IsRead() && Lanes.Empty) ? DateTimeOffset.MinValue : Enumerable.Range(0, Partitions).Min(TimeOf);
        return new LogClock(least, least, least);
    }

    public bool IsRead() => Enumerable.Range(0, Partitions).All(IsAtEnd);

    public bool IsAtEnd(int partition)
    {
        var checkpoint = CheckpointOf(partition);
        return checkpoint.Offset == Stream.End(partition)
            && checkpoint.LogTime == Stream.LogTimeAt(partition, checkpoint.Offset - 1);
    }

    private (Checkpoint Checkpoint, HashSet<string> Parked) RowOf(int partition) =>
        Storage.Rows.TryGetValue(SimCheckpointRow.RowOf(partition), out var row)
            ? Read<(Checkpoint Checkpoint, HashSet<string> Parked)>(row.Data)
            : (Checkpoint.Start, []);

    private DateTimeOffset TimeOf(int partition) =>
        IsAtEnd(partition) ? Stream.Newest + Afterwards : CheckpointOf(partition).LogTime ?? DateTimeOffset.MinValue;
}
