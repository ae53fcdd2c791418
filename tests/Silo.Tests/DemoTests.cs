using Correlation.Estate;

namespace Correlation.Silo.Tests;

/// <summary>The main job: the bundled estate replayed, held against its own ground truth.</summary>
public sealed class DemoTests(ITestOutputHelper output)
{
    private static readonly TimeSpan SettleMax = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task The_demo_finds_each_planted_failure_once_and_a_second_one_adds_nothing()
    {
        var end = WholeMinute(DateTimeOffset.UtcNow);
        var truth = Demo.Truth();
        using var folder = new DataFolder(end);
        var first = await FirstDemoAsync(folder, truth, end);
        await SecondDemoAsync(folder, truth, first);
    }

    private async Task<Counts> FirstDemoAsync(DataFolder folder, Truth truth, DateTimeOffset end)
    {
        using var silo = await SiloProcess.StartAsync(folder.Path, "--demo");
        await Demo.ReplayedAsync(silo, truth.Counts.Messages);
        Verdict? verdict = null;
        await silo.UntilAsync(SettleMax, "the verdict is good and remediation has acted", async () =>
        {
            verdict = Judge.Of(truth, await Demo.IncidentsAsync(silo, end));
            var runs = await silo.Api.ListAsync("remediations");
            return verdict.Passes && runs.Exists(run => State(run) == "proposed")
                && runs.Exists(run => State(run) == "succeeded");
        });
        foreach (var failure in verdict!.Failures) output.WriteLine($"{failure.Failure}: {failure.Main} holds {failure.Held:P0}");
        output.WriteLine($"others: {string.Join(", ", verdict.Others)}");
        await LedgersBalanceAsync(silo);
        await silo.UntilAsync(SettleMax, "it says what to look at", () => Task.FromResult(
            silo.Output.Contains($"Demo is ready: open {silo.Address}/incidents?status=all", StringComparison.Ordinal)));
        Assert.Single(await silo.Api.ListAsync("problems"));
        var counts = await Counts.SettledAsync(silo);
        Assert.Equal(0, await silo.StopAsync());
        return counts;
    }

    private static async Task SecondDemoAsync(DataFolder folder, Truth truth, Counts first)
    {
        using var silo = await SiloProcess.StartAsync(folder.Path, "--demo");
        await Demo.ReplayedAsync(silo, 2L * truth.Counts.Messages);
        await LedgersBalanceAsync(silo);
        var second = await Counts.SettledAsync(silo);
        Assert.Equal(
            first with { Duplicate = second.Duplicate, Late = second.Late },
            second with { Signals = first.Signals, Rejected = first.Rejected });
        Assert.Equal(2 * first.Signals, second.Signals);
        Assert.Equal(2 * first.Rejected, second.Rejected);
        var repeated = first.Signals - first.Rejected;
        Assert.Equal(repeated, second.Duplicate + second.Late - first.Duplicate - first.Late);
    }

    private static async Task LedgersBalanceAsync(SiloProcess silo) =>
        Assert.True((await silo.Api.GetAsync("ledger")).GetProperty("balanced").GetBoolean());

    private static string? State(System.Text.Json.JsonElement run) => run.GetProperty("state").GetString();

    private static DateTimeOffset WholeMinute(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMinute));

    private sealed record Counts(
        long Signals, long Rejected, long Duplicate, long Late, long Aggregated, long Context, long Transition,
        int Incidents, long Occurrences, int Runs)
    {
        /// <summary>The counts once they stand still: what is told to problems and remediation is told with the next
        /// beats.</summary>
        public static async Task<Counts> SettledAsync(SiloProcess silo)
        {
            Counts? counts = null;
            await silo.UntilAsync(SettleMax, "the counts stand still", async () =>
            {
                var before = counts;
                counts = await OfAsync(silo);
                await Task.Delay(TimeSpan.FromSeconds(3));
                return counts == before;
            });
            return counts!;
        }

        private static async Task<Counts> OfAsync(SiloProcess silo) => new(
            await silo.Api.CountAsync("signals"),
            await silo.Api.CountAsync("rejected"),
            await silo.Api.CountAsync("duplicate"),
            await silo.Api.CountAsync("late"),
            await silo.Api.CountAsync("aggregated"),
            await silo.Api.CountAsync("context"),
            await silo.Api.CountAsync("transition"),
            (await silo.Api.ListAsync("incidents?status=all&limit=200")).Count,
            (await silo.Api.ListAsync("problems")).Sum(problem => problem.GetProperty("occurrences").GetInt64()),
            (await silo.Api.ListAsync("remediations")).Count);
    }
}
