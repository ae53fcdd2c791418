using Correlation.Delivery;
using Correlation.Signals;

namespace Correlation.Simulation.Tests;

/// <summary>
/// The promise of delivery under faults: the real domain and delivery logic over simulated storage, network and processes. An
/// auditor computes from the input alone what must be true in the end. A failing seed is in the test's name: run it alone.
/// </summary>
public sealed class DeliverySimulationTests
{
    private const int Seeds = 150;

    public static TheoryData<int> SeedBlocks => [.. Enumerable.Range(0, 10)];

    [Theory]
    [MemberData(nameof(SeedBlocks))]
    public void Nothing_is_lost_and_nothing_counted_twice(int block)
    {
        var kills = 0;
        for (var seed = block * Seeds / 10; seed < (block + 1) * Seeds / 10; seed++)
        {
            var world = new SimWorld((ulong)seed);
            try
            {
                world.Run();
                Audit(world);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException(
                    $"Seed {seed} failed after {world.Scheduler.Steps} steps: {error.Message}", error);
            }

            kills += world.Kills;
        }

        Assert.True(kills > 0, "The faults must be real: no silo was killed in any run of this block.");
    }

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        var first = new SimWorld(7);
        var second = new SimWorld(7);
        first.Run();
        second.Run();
        Assert.Equal(first.Scheduler.Steps, second.Scheduler.Steps);
        Assert.Equal(first.Kills, second.Kills);
    }

    private static void Audit(SimWorld world)
    {
        var signals = world.Log.SelectMany(partition => partition).SelectMany(message => message.Signals).ToList();
        var expected = Undisturbed(signals);
        AuditLedger(world, signals.Count,
            expected.Values.Aggregate(SignalLedger.Empty, (sum, resource) => sum + resource.Counts));
        foreach (var (resource, undisturbed) in expected) AuditResource(world, resource, undisturbed.Resource);
    }

    private static void AuditLedger(SimWorld world, int signals, SignalLedger expected)
    {
        var total = Enumerable.Range(0, world.Log.Count).Select(world.CheckpointOf)
            .Aggregate(SignalLedger.Empty, (sum, at) => sum + at.Ledger);
        Assert.True(total.Balances);
        Assert.Equal(world.Log.Sum(partition => partition.Count), total.Messages);
        Assert.Equal(signals, total.Signals);
        Assert.Equal(expected.Late, total.Late);
        Assert.Equal(expected.Duplicate, total.Duplicate);
        Assert.Equal(expected.Context, total.Context);
    }

    private static void AuditResource(SimWorld world, string key, DurableResource undisturbed)
    {
        var stored = world.Read<DurableResource>(world.Storage.Rows[key].Data);
        Assert.Equal(undisturbed.State.Counts.Signals, stored.State.Counts.Signals);
        var expected = new SimCustomer();
        LetTimePass(undisturbed, expected);
        LetTimePass(stored, world.Customer);
        Assert.Equal(expected.Of(key), world.Customer.Of(key));
    }

    /// <summary>Long after the last signal every time-out has ended what nothing else ended.</summary>
    private static void LetTimePass(DurableResource resource, SimCustomer customer)
    {
        var later = resource.State.Now.AddDays(30);
        resource.Tick(later, later - SimWorld.Options.Lateness, SimWorld.Options);
        customer.Take(resource.Outbox.Pending.Select(entry => entry.Item));
    }

    /// <summary>What must come out: every resource fed once, in the order of log time, by nobody who fails.</summary>
    private static Dictionary<string, (DurableResource Resource, SignalLedger Counts)> Undisturbed(List<Signal> signals)
    {
        var resources = new Dictionary<string, (DurableResource Resource, SignalLedger Counts)>();
        foreach (var signal in signals.OrderBy(signal => signal.LogTime).ThenBy(signal => signal.Record))
        {
            var key = signal.Resource.Canonical;
            if (!resources.TryGetValue(key, out var at)) at = (DurableResource.Create(signal.Resource), SignalLedger.Empty);
            var fates = new Fate[1];
            var call = new SignalCall(SimWorld.Owner, $"{SimWorld.Stream}/{signal.Message.Partition}", 1, 0,
                DateTimeOffset.MinValue);
            at.Resource.Apply(call, [signal], SimWorld.Options, fates);
            resources[key] = (at.Resource, at.Counts.With(fates[0], 1));
        }

        return resources;
    }
}
