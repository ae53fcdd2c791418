using System.ComponentModel;
using System.Diagnostics;

namespace Correlation.Deploy.Tests;

/// <summary>Programs of this machine that judge what is deployed.</summary>
internal static class Programs
{
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(2);

    /// <summary>Skips the test where a program is missing; in CI it fails.</summary>
    public static void Need(string program)
    {
        if (Has(program)) return;
        var missing = $"There is no {program}; ./test.sh installs it where it may.";
        if (Environment.GetEnvironmentVariable("CI") != "true") Assert.Skip(missing);
        Assert.Fail(missing + " CI must have it.");
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code, and what it printed to standard output and standard error.</returns>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        using var tooLong = new CancellationTokenSource(Most);
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Checkout.Root,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new Win32Exception($"{program} could not be started.");
        var error = process.StandardError.ReadToEndAsync(tooLong.Token);
        var output = await process.StandardOutput.ReadToEndAsync(tooLong.Token);
        await process.WaitForExitAsync(tooLong.Token);
        return (process.ExitCode, output, await error);
    }

    /// <summary>Whether a program is on this machine.</summary>
    public static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
