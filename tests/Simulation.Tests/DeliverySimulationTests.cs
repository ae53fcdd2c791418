using System.Globalization;

namespace Correlation.Simulation.Tests;

/// <summary>
/// The promise of delivery under faults: the real domain and delivery logic over simulated stream, storage, network, clock and
/// processes. An auditor computes from the input alone what must be true in the end. A failing seed is named with what happened
/// last; <c>SIM_SEEDS=a..b</c> runs the seeds from a to b - 1 instead.
/// </summary>
public sealed class DeliverySimulationTests(ITestOutputHelper output)
{
    private const int Blocks = 10;
    private const int SeedsPerBlock = 30;
    private const int MutantSeeds = 1_000;

    public static TheoryData<int> SeedBlocks => [.. Enumerable.Range(0, Blocks)];

    public static TheoryData<SimMutant> Mutants => [.. Enum.GetValues<SimMutant>().Where(mutant => mutant != SimMutant.None)];

    [Theory]
    [MemberData(nameof(SeedBlocks))]
    public void Nothing_is_lost_and_nothing_counted_twice(int block) => Assert.Equal(0, RunBlock(block, parks: false));

    [Theory]
    [MemberData(nameof(SeedBlocks))]
    public void Nothing_is_lost_and_nothing_counted_twice_by_parking(int block) => Assert.True(
        RunBlock(block, parks: true) > 0, "The lanes must be real: nothing was parked in any run of this block.");

    /// <returns>How many signals were parked.</returns>
    private static long RunBlock(int block, bool parks)
    {
        var (kills, over, effects, parked) = (0, 0, 0, 0L);
        var (first, count) = (block * SeedsPerBlock, SeedsPerBlock);
        if (Environment.GetEnvironmentVariable("SIM_SEEDS") is { } range)
        {
            var bounds = range.Split("..").Select(bound => int.Parse(bound, CultureInfo.InvariantCulture)).ToArray();
            count = (bounds[1] - bounds[0] + Blocks - 1) / Blocks;
            first = bounds[0] + (block * count);
        }

        for (var seed = first; seed < first + count; seed++)
        {
            var world = Run((ulong)seed, parks).World;
            kills += world.Cluster.Kills;
            parked += world.Lanes.Books.Parked;
            over += world.Over;
            effects += world.Receiver.Calls.Count;
        }

        Assert.True(kills > 0, "The faults must be real: no silo was killed in any run of this block.");
        Assert.True(effects > 0, "The effects must be real: nothing was done in any run of this block.");
        Assert.Equal(parks, over > 0);
        return parked;
    }

    [Theory]
    [MemberData(nameof(Mutants))]
    public void A_mistake_is_found_within_a_thousand_seeds(SimMutant mutant)
    {
        for (var seed = 0; seed < MutantSeeds; seed++)
        {
            if (TryRun((ulong)seed, mutant, false, out var run) is not { } error) continue;
            Assert.Null(TryRun((ulong)seed, SimMutant.None, false, out _));
            output.WriteLine($"{mutant} is found by seed {seed} after {run.World.Scheduler.Steps} steps: {error.Message}");
            return;
        }

        Assert.Fail($"{mutant} was not found by {MutantSeeds} seeds.");
    }

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        var (first, second) = (Run(7, true).World, Run(7, true).World);
        Assert.Equal(first.Trace, second.Trace);
        Assert.Equal(first.Scheduler.Steps, second.Scheduler.Steps);
    }

    private static SimRun Run(ulong seed, bool parks)
    {
        if (TryRun(seed, SimMutant.None, parks, out var run) is not { } error) return run;
        var trace = string.Join(Environment.NewLine, run.World.Trace);
        throw new InvalidOperationException(
            $"Seed {seed} failed after {run.World.Scheduler.Steps} steps: {error.Message}{Environment.NewLine}{trace}", error);
    }

    private static Exception? TryRun(ulong seed, SimMutant mutant, bool parks, out SimRun run)
    {
        run = new SimRun(seed, mutant, parks);
        try
        {
            run.Go();
            SimAudit.Check(run);
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }
}
