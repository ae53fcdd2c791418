using System.Reflection;
using System.Text.RegularExpressions;

namespace Correlation.Silo.Tests;

/// <summary>What was typed and would not be followed is refused, before anything is made.</summary>
public sealed partial class ArgumentTests : IDisposable
{
    private readonly DataFolder _folder = new(DateTimeOffset.UnixEpoch);

    /// <summary>A folder that a start would make.</summary>
    private string Unmade => Path.Combine(_folder.Path, "unmade");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("'--demmo' is no argument", "--demmo")]
    [InlineData("'--wrong' is no argument", "--wrong=1")]
    [InlineData("'--demo' is no argument", "--demo=true")]
    [InlineData("'demo' is no argument", "demo")]
    [InlineData("'--Correlation:SiloPrt' is no argument", "--Correlation:SiloPrt=11112")]
    [InlineData("'--OTELS' is no argument", "--demo", "--OTELS", "x")]
    [InlineData("'--urls' has no value", "--urls")]
    [InlineData("'--urls' has no value", "--urls", "--demo")]
    public async Task An_argument_that_would_not_be_followed_is_named(string told, params string[] arguments)
    {
        var (exitCode, output, error) = await SiloProcess.RunAsync(Unmade, arguments);

        StartTests.AssertRefused((exitCode, error.TrimEnd()), told, "--help");
        Assert.Empty(output);
        Assert.False(Directory.Exists(Unmade));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--demo", "-h")]
    public async Task Help_is_given_and_nothing_else_done(params string[] arguments)
    {
        var (exitCode, output, error) = await SiloProcess.RunAsync(Unmade, arguments);

        Assert.Equal(0, exitCode);
        Assert.StartsWith("Usage:", output, StringComparison.Ordinal);
        Assert.Empty(error);
        Assert.False(Directory.Exists(Unmade));
    }

    [Fact]
    public async Task Every_setting_that_the_source_reads_is_known()
    {
        var root = typeof(ArgumentTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "RepositoryRoot").Value!;
        var read = Directory.EnumerateFiles(Path.Combine(root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Setting().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).Distinct();
        string[] others = ["OTEL_EXPORTER_OTLP_ENDPOINT", "CORRELATION_DATA_DIR", "environment", "Logging:LogLevel:Default"];
        string[] arguments = [.. read.Concat(others).SelectMany(key => (string[])[$"--{key}:X", "1", $"--{key}:Y=1"])];

        var refused = await SiloProcess.RunAsync(Unmade, [.. arguments, "--after-these"]);

        Assert.True(arguments.Length > 30);
        Assert.StartsWith("'--after-these'", refused.Error, StringComparison.Ordinal);
    }

    [GeneratedRegex("\"((?:Correlation:|Gateway\\b)[A-Za-z:]*)\"")]
    private static partial Regex Setting();
}
