using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Correlation.Silo.Tests;

/// <summary>Several processes on Redis and Azurite that are killed, frozen and restarted: the load test, for a short
/// while.</summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(12);

    [Theory]
    [InlineData(1)]
    public async Task Three_silos_that_are_broken_under_load_come_to_what_an_undisturbed_process_comes_to(int seed)
    {
        Need("redis-server", "There is no redis-server; ./test.sh installs it where it may.", OnPath);
        Need("node", "There is no node to run Azurite with.", OnPath);
        Need(
            Path.Combine(MetadataOf("RepositoryRoot"), "tests/Storage.Tests/azurite/node_modules/azurite"),
            "There is no Azurite; ./test.sh installs it where there is npm.", Directory.Exists);

        var result = await RunAsync("--minutes", "1", "--rate", "20", "--seed", seed.ToString(CultureInfo.InvariantCulture));

        Assert.Equal(0, result.GetProperty("lost").GetInt32());
        Assert.Equal(0, result.GetProperty("lostEffects").GetInt32());
        Assert.Equal(0, result.GetProperty("doubled").GetInt32());
        Assert.Equal(0, result.GetProperty("forbiddenRepeats").GetInt32());
        Assert.Equal(0, result.GetProperty("unaccounted").GetInt32());
        Assert.True(result.GetProperty("balanced").GetBoolean());
        Assert.NotEqual(0, result.GetProperty("kills").GetInt32());
        Assert.NotEqual(0, result.GetProperty("effects").GetInt32());
        Assert.True(result.GetProperty("kept").GetBoolean(), "An orphan did not go on, or the outcome is another one.");
    }

    private async Task<JsonElement> RunAsync(params string[] arguments)
    {
        using var tooLong = new CancellationTokenSource(Most);
        var program = Path.Combine(MetadataOf("LoadTestsFolder"), "Correlation.LoadTests.dll");
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [program, "chaos", .. arguments]) { RedirectStandardOutput = true })!;
        var lines = (await process.StandardOutput.ReadToEndAsync(tooLong.Token)).Split(Environment.NewLine);
        await process.WaitForExitAsync(tooLong.Token);
        foreach (var line in lines) output.WriteLine(line);
        const string result = "RESULT ";
        var last = lines.Last(line => line.StartsWith(result, StringComparison.Ordinal));
        return JsonDocument.Parse(last[result.Length..]).RootElement;
    }

    /// <summary>Without a part the test is skipped, but in CI it fails.</summary>
    private static void Need(string part, string missing, Func<string, bool> exists)
    {
        if (exists(part)) return;
        if (Environment.GetEnvironmentVariable("CI") != "true") Assert.Skip(missing);
        Assert.Fail(missing + " CI must have it.");
    }

    private static bool OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string MetadataOf(string key) => typeof(ChaosTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
