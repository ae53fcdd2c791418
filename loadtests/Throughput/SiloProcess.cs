using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Correlation.LoadTests.Throughput;

/// <summary>The product as a process of its own, on a data folder, watched from outside.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private const string Allocated = "dotnet_gc_heap_total_allocated";
    private const int TicksPerSecond = 100;
    private static readonly TimeSpan StartMost = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly HttpClient _http;

    private SiloProcess(Process process, int port)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    /// <summary>Where the process answers.</summary>
    public HttpClient Http => _http;

    /// <summary>Starts the product with its default settings; ends when it answers.</summary>
    /// <param name="folder">Its data folder.</param>
    /// <param name="settings">Further settings, as variables of its environment.</param>
    public static async Task<SiloProcess> StartAsync(string folder, IReadOnlyDictionary<string, string>? settings = null)
    {
        var ports = FreePorts(3);
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Correlation.Silo.dll"));
        start.ArgumentList.Add("--contentRoot");
        start.ArgumentList.Add(AppContext.BaseDirectory);
        start.Environment["CORRELATION_DATA_DIR"] = folder;
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{ports[0]}";
        start.Environment["Correlation__SiloPort"] = ports[1].ToString(CultureInfo.InvariantCulture);
        start.Environment["Correlation__GatewayPort"] = ports[2].ToString(CultureInfo.InvariantCulture);
        foreach (var (key, value) in settings ?? new Dictionary<string, string>()) start.Environment[key] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException("The silo could not be started.");
        process.OutputDataReceived += (_, line) => Tell(line.Data);
        process.BeginOutputReadLine();
        var silo = new SiloProcess(process, ports[0]);
        await silo.AnswersAsync();
        return silo;
    }

    /// <summary>How many messages are read and answered, and how many are durable.</summary>
    public async Task<(long Read, long Durable)> ProgressAsync()
    {
        var partitions = await LedgersAsync();
        return (Read(partitions), Count(partitions, "messages"));
    }

    /// <summary>Takes a sample: the durable counts, the processor time and the allocated bytes so far.</summary>
    public async Task<Sample> SampleAsync()
    {
        var at = Stopwatch.GetTimestamp();
        var partitions = await LedgersAsync();
        return new Sample(at, Cpu(), await AllocatedAsync(), Read(partitions), Count(partitions, "signals"))
        {
            Counts = [.. partitions.Select(partition => partition.GetProperty("counts").GetRawText())],
            Rewinds = partitions.Sum(partition => partition.GetProperty("rewinds").GetInt32()),
        };
    }

    /// <summary>How much memory the process holds, in bytes.</summary>
    public long Resident()
    {
        _process.Refresh();
        return _process.WorkingSet64;
    }

    /// <summary>Stops the process.</summary>
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>The product's address.</summary>
    public Uri Address => _http.BaseAddress!;

    /// <summary>All ledgers, as the API gives them.</summary>
    public async Task<JsonElement> LedgerAsync()
    {
        using var ledger = JsonDocument.Parse(await _http.GetStringAsync("/api/v1/ledger"));
        return ledger.RootElement.Clone();
    }

    private async Task<List<JsonElement>> LedgersAsync() =>
        [.. (await LedgerAsync()).GetProperty("partitions").EnumerateArray()
            .Where(partition => partition.GetProperty("stream").GetString() == LoadSet.Stream)];

    private static long Read(List<JsonElement> partitions) =>
        partitions.Sum(partition => partition.GetProperty("read").GetInt64());

    private static long Count(List<JsonElement> partitions, string name) =>
        partitions.Sum(partition => partition.GetProperty("counts").GetProperty(name).GetInt64());

    private static void Tell(string? line)
    {
        if (line is not null && Environment.GetEnvironmentVariable("LOADTESTS_VERBOSE") == "1") Console.Error.WriteLine(line);
    }

    private async Task AnswersAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < StartMost && !_process.HasExited)
        {
            try
            {
                if ((await _http.GetAsync("/readyz")).StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
            }

            await Task.Delay(20);
        }

        throw new InvalidOperationException("The silo does not answer.");
    }

    /// <summary>Its processor time so far, in seconds.</summary>
    public double Cpu()
    {
        var stat = File.ReadAllText($"/proc/{_process.Id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture))
            / (double)TicksPerSecond;
    }

    private async Task<long> AllocatedAsync()
    {
        var metrics = await _http.GetStringAsync("/metrics");
        var line = metrics.Split('\n').FirstOrDefault(line => line.StartsWith(Allocated, StringComparison.Ordinal));
        if (line is null) return 0;
        var value = line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ');
        return (long)double.Parse(line.Contains('}') ? value[0] : value[1], CultureInfo.InvariantCulture);
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        foreach (var listener in listeners) listener.Start();
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners) listener.Dispose();
        return ports;
    }
}

/// <summary>What a silo process had done at one moment.</summary>
/// <param name="At">The moment, as a monotonic timestamp.</param>
/// <param name="Cpu">Its processor time, in seconds.</param>
/// <param name="Allocated">The bytes that it had allocated, as its metrics say.</param>
/// <param name="Read">Messages read and answered, durable or not.</param>
/// <param name="Signals">Durable signals.</param>
internal sealed record Sample(long At, double Cpu, long Allocated, long Read, long Signals)
{
    /// <summary>The partitions' ledgers.</summary>
    public IReadOnlyList<string> Counts { get; init; } = [];

    /// <summary>How often readers went back.</summary>
    public int Rewinds { get; init; }
}
