using System.Diagnostics;
using System.Reflection;
using Correlation.Estate;
using Correlation.LoadTests.Shared;

namespace Correlation.Silo.Tests;

/// <summary>The product as its user starts it: a process of its own on a data folder, asked through its API.</summary>
internal sealed class SiloProcess : IDisposable
{
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private static readonly Ports Free = new();

    private readonly Process _process;
    private readonly HttpClient _http;
    private readonly List<string> _output = [];

    private SiloProcess(string dataFolder, string[] arguments)
    {
        Address = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(Folder, "Correlation.Silo.dll"));
        start.ArgumentList.Add($"--urls={Address}");
        start.ArgumentList.Add($"--Correlation:SiloPort={FreePort()}");
        start.ArgumentList.Add($"--Correlation:GatewayPort={FreePort()}");
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["CORRELATION_DATA_DIR"] = dataFolder;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _http = new HttpClient { BaseAddress = new Uri(Address), Timeout = TimeSpan.FromSeconds(20) };
        Api = new ProductApi(_http);
    }

    /// <summary>Where the built program lies.</summary>
    public static string Folder { get; } = typeof(SiloProcess).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "SiloFolder").Value!;

    /// <summary>Where the process listens, unless an argument says otherwise.</summary>
    public string Address { get; }

    /// <summary>Reads of its API.</summary>
    public ProductApi Api { get; }

    /// <summary>What the process printed.</summary>
    public string Output
    {
        get
        {
            lock (_output) return string.Join(Environment.NewLine, _output);
        }
    }

    /// <summary>A port that the system gives to no connection before the process listens.</summary>
    public static int FreePort()
    {
        lock (Free) return Free.Next();
    }

    /// <summary>Starts a process and waits until it answers.</summary>
    public static async Task<SiloProcess> StartAsync(string dataFolder, params string[] arguments)
    {
        var silo = new SiloProcess(dataFolder, arguments);
        await silo.UntilAsync(StartMax, "it answers", async () => (await silo._http.GetAsync("readyz")).IsSuccessStatusCode);
        return silo;
    }

    /// <summary>Starts a process that is to refuse to start.</summary>
    /// <param name="dataFolder">Its data folder.</param>
    /// <param name="arguments">What is wrong; an argument here outweighs the one that a test gives by itself.</param>
    /// <returns>Its exit code and all that it printed.</returns>
    public static async Task<(int ExitCode, string Output)> RefusedAsync(string dataFolder, params string[] arguments)
    {
        using var silo = new SiloProcess(dataFolder, arguments);
        using var tooLong = new CancellationTokenSource(StartMax);
        await silo._process.WaitForExitAsync(tooLong.Token);
        return (silo._process.ExitCode, silo.Output);
    }

    /// <summary>Runs a process whose arguments need not be right, with nothing but these.</summary>
    /// <returns>Its exit code and what it printed to standard output and standard error.</returns>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string dataFolder, params string[] arguments)
    {
        using var tooLong = new CancellationTokenSource(StartMax);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Folder, "Correlation.Silo.dll"), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["CORRELATION_DATA_DIR"] = dataFolder;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(tooLong.Token);
        var output = await process.StandardOutput.ReadToEndAsync(tooLong.Token);
        await process.WaitForExitAsync(tooLong.Token);
        return (process.ExitCode, output, await error);
    }

    /// <summary>Waits for something to become true; what the process printed is told when it does not.</summary>
    public async Task UntilAsync(TimeSpan atMost, string what, Func<Task<bool>> isTrue)
    {
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < atMost)
        {
            Assert.False(_process.HasExited, $"The process ended while it was waited until {what}:{Environment.NewLine}{Output}");
            try
            {
                if (await isTrue()) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(Poll);
        }

        Assert.Fail($"Waited {atMost} in vain until {what}:{Environment.NewLine}{Output}");
    }

    /// <summary>Kills the process as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Stops the process as Ctrl-C or a service manager does.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill",
            ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
        _http.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_output)
        {
            _output.Add(line);
            if (_output.Count > 400) _output.RemoveAt(0);
        }
    }
}
