namespace Correlation.Silo.Tests;

/// <summary>kill -9 at any moment, and SIGTERM: nothing lost, nothing counted twice.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 20;

    /// <summary>Every so many ends is one in order.</summary>
    private const int InOrder = 5;
    private const int Ends = Kills * InOrder / (InOrder - 1);
    private const int Seed = 20261123;
    private static readonly string[] Counts = ["messages", "records", "signals", "rejected"];
    private static readonly TimeSpan SettleMax = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Twenty_kills_through_the_whole_demo_change_nothing()
    {
        // So far back that all of it is before the watermark, and not so far that symptoms of the second day are forgotten.
        var end = WholeMinute(TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(3));
        var since = end - TimeSpan.FromHours(20);
        var messages = Demo.Truth().Counts.Messages;
        using var quiet = new DataFolder(end);
        using var killed = new DataFolder(end);
        var (expected, counts) = await UndisturbedAsync(quiet, messages, since);
        await KillManyAsync(killed, messages);

        using var silo = await SiloProcess.StartAsync(killed.Path, "--demo", "--Correlation:DemoOnce=true");
        await Demo.ReplayedAsync(silo, messages);
        foreach (var (count, value) in Counts.Zip(counts)) Assert.Equal(value, await silo.Api.CountAsync(count));
        List<string> outcome = [];
        try
        {
            await silo.UntilAsync(SettleMax, "the symptoms are those of the undisturbed run", async () =>
                (outcome = await silo.Api.OutcomeAsync(since)).SequenceEqual(expected));
        }
        finally
        {
            foreach (var line in expected.Except(outcome)) output.WriteLine($"missing: {line}");
            foreach (var line in outcome.Except(expected)) output.WriteLine($"too many: {line}");
        }

        Assert.True((await silo.Api.GetAsync("ledger")).GetProperty("balanced").GetBoolean());
    }

    private static async Task<(List<string> Outcome, List<long> Counts)> UndisturbedAsync(
        DataFolder folder, long messages, DateTimeOffset since)
    {
        using var silo = await SiloProcess.StartAsync(folder.Path, "--demo");
        await Demo.ReplayedAsync(silo, messages);
        List<string> outcome = [];
        await silo.UntilAsync(SettleMax, "the outcome stands still", async () =>
        {
            var before = outcome;
            outcome = await silo.Api.OutcomeAsync(since);
            await Task.Delay(TimeSpan.FromSeconds(3));
            return outcome.SequenceEqual(before);
        });
        var counts = new List<long>();
        foreach (var count in Counts) counts.Add(await silo.Api.CountAsync(count));
        return (outcome, counts);
    }

    private async Task KillManyAsync(DataFolder folder, int messages)
    {
        var random = new Random(Seed);
        var points = Enumerable.Range(0, Ends).Select(_ => random.Next(messages)).Order();
        foreach (var (end, point) in points.Index())
        {
            using var silo = await SiloProcess.StartAsync(folder.Path, "--demo", "--Correlation:DemoOnce=true");
            await silo.UntilAsync(SettleMax, $"{point} messages are checkpointed",
                async () => await silo.Api.CountAsync("messages") >= point);
            var isInOrder = end % InOrder == InOrder - 1;
            if (isInOrder) Assert.Equal(0, await silo.StopAsync());
            else await silo.KillAsync();
            output.WriteLine($"{(isInOrder ? "ended" : "killed")} at {point} of {messages} messages");
        }
    }

    private static DateTimeOffset WholeMinute(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMinute));
}
