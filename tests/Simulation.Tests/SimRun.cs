using Correlation.Customers;
using Correlation.Delivery;
using Correlation.Remediation;

namespace Correlation.Simulation.Tests;

/// <summary>One run: faults at first, then rest, then time passes until everything is over.</summary>
internal sealed class SimRun(ulong seed, SimMutant mutant, bool parks, SimScript? script = null)
{
    private const int FaultySteps = 6_000;
    private const int StepsMax = 400_000;
    private const int BeatSteps = 60;
    private const int RestSteps = 50;
    private static readonly TimeSpan Beat = TimeSpan.FromHours(3);
    private static readonly TimeSpan Long = TimeSpan.FromDays(4);

    public SimWorld World { get; } = new(seed, mutant, parks, script);

    /// <summary>Runs until every partition is checkpointed to its end, and all symptoms are sealed. An outbox may still hold what
    /// was acknowledged, where the silo died before it wrote that.</summary>
    /// <exception cref="InvalidOperationException">It did not come to rest.</exception>
    /// <remarks>
    /// On a thread of its own, which has no synchronization context and no task scheduler: whatever is awaited goes on in the
    /// very step that ends it.
    /// </remarks>
    public void Go()
    {
        Exception? failed = null;
        var thread = new Thread(() =>
        {
            try
            {
                GoOn();
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

    /// <summary>At how many moments the scripted fault could have happened until everything was read; what follows is only time
    /// that passes.</summary>
    public long BusyMoments { get; private set; }

    /// <summary>The customer's state as its journal says.</summary>
    public CustomerState Customer() => SimCustomerGrain.Fold(
        World, World.Storage.Journal(SimCustomerGrain.Journal), CustomerFold.Apply);

    /// <summary>The runs as their journal says.</summary>
    public RemediationState Remediation() => SimRemediationGrain.Fold(
        World, World.Storage.Journal(SimRemediationGrain.Journal), (state, stored) => state.Apply(stored));

    private void GoOn()
    {
        World.Cluster.Start();
        _ = RunBeatsAsync();
        while (!IsOver())
        {
            World.Faults.Over = World.Faults.IsScripted || World.Scheduler.Steps > FaultySteps;
            World.Cluster.Stir();
            StirStream();
            if (World.Violation is { } violated) throw violated;
            if (!World.Scheduler.RunOne() || World.Scheduler.Steps > StepsMax)
            {
                throw new InvalidOperationException($"No rest after {World.Scheduler.Steps} steps: {WhatIsLeft()}.");
            }
        }
    }

    /// <summary>What goes wrong with the stream at this step.</summary>
    private void StirStream()
    {
        var faults = World.Faults;
        var partition = World.Scheduler.Random.Next(World.Stream.Partitions);

        // What lies in a lane when its stream is recreated, and had been applied before its answer was lost, is booked as its own
        // duplicate: the resource has forgotten the old epoch by then.
        if (!World.Parks && faults.Happens(SimFault.Recreation) && World.IsAtEnd(partition) && World.Stream.Epoch(partition) == 1)
        {
            World.Stream.Recreate(partition);
            World.Tell($"partition {partition} is recreated");
        }

        if (faults.Happens(SimFault.Overrun) && World.IsBegun(partition)
            && World.Stream.IsUnseenFrom(partition, World.CheckpointOf(partition).Offset))
        {
            World.Stream.Overrun(partition, 1 + World.Scheduler.Random.Next(2));
            World.Tell($"partition {partition} holds nothing below {World.Stream.First(partition)} any more");
        }
    }

    private bool IsOver()
    {
        if (World.Scheduler.Steps % RestSteps != 0 || !World.IsRead() || !World.Lanes.Empty) return false;
        if (BusyMoments == 0) BusyMoments = World.Faults.Moments;
        if (World.Afterwards < Long) return false;
        return Customer().Symptoms.Values.All(tracked => tracked.Sealed);
    }

    private string WhatIsLeft()
    {
        var waiting = Resources().Where(resource => resource.Outbox.Pending.Count > 0)
            .Select(resource => resource.State.Resource.Name);
        var unsealed = Customer().Symptoms.Values.Count(tracked => !tracked.Sealed);
        return $"all is read: {World.IsRead()}, {World.Afterwards} afterwards, {unsealed} symptoms are not sealed, "
            + $"reports wait at [{string.Join(", ", waiting)}]; {World.Cluster.WhatIsLeft()}";
    }

    private IEnumerable<DurableResource> Resources() => World.Storage.Rows
        .Where(row => row.Key.StartsWith('/')).Select(row => World.Read<DurableResource>(row.Value.Data));

    /// <summary>Time passes at the customer as the product's directory lets it; when all is read, in strides.</summary>
    private async Task RunBeatsAsync()
    {
        while (true)
        {
            for (var step = 0; step < BeatSteps; step++) await World.Scheduler.Hop(World.Outside);
            var clock = World.Clock();
            if (clock.Now == DateTimeOffset.MinValue) continue;
            try
            {
                await World.CallCustomerAsync(World.Outside, grain => grain.AdvanceAsync(clock));
                await World.CallRemediationAsync(World.Outside, grain => grain.AdvanceAsync(clock.Now));
            }
            catch (UnknownOutcomeException)
            {
                continue;
            }

            if (World.Faults.Over && World.IsRead() && World.Afterwards < Long) World.Afterwards += Beat;
        }
    }
}
