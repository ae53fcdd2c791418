using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Correlation.LoadTests.Shared;

/// <summary>The product as a process of its own, on a data folder, watched from outside.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private const string Allocated = "dotnet_gc_heap_total_allocated_bytes_total";
    /// <summary>Settings for a scenario that reads more than one caller may by default.</summary>
    public static readonly IReadOnlyDictionary<string, string> ManyReads = new Dictionary<string, string>
    {
        ["Gateway__RequestsPerSecond"] = "100000",
    };

    private static readonly TimeSpan StartMost = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly HttpClient _http;
    private readonly IDisposable _cleanup;

    private SiloProcess(Process process, int port)
    {
        _process = process;
        _cleanup = Cleanup.Add(() =>
        {
            process.Kill();
            process.WaitForExit();
        });
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    /// <summary>The process's number.</summary>
    public int Id => _process.Id;

    /// <summary>Where the process answers.</summary>
    public HttpClient Http => _http;

    /// <summary>Starts the product with its default settings; ends when it answers.</summary>
    /// <param name="folder">Its data folder.</param>
    /// <param name="settings">Further settings, as variables of its environment.</param>
    /// <exception cref="InvalidOperationException">It does not answer within a minute; it is ended then.</exception>
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
        try
        {
            await silo.AnswersAsync();
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>How many messages of a stream are read and answered, and how many are durable.</summary>
    public async Task<(long Read, long Durable)> ProgressAsync(string stream)
    {
        var partitions = await LedgersAsync(stream);
        return (Read(partitions), Count(partitions, "messages"));
    }

    /// <summary>Takes a sample: a stream's durable counts, the processor time and the allocated bytes so far.</summary>
    public async Task<Sample> SampleAsync(string stream)
    {
        var at = Stopwatch.GetTimestamp();
        var partitions = await LedgersAsync(stream);
        return new Sample(at, Cpu(), await AllocatedAsync(), Read(partitions), Count(partitions, "signals"))
        {
            Counts = [.. partitions.Select(partition => partition.GetProperty("counts").GetRawText())],
            Rewinds = partitions.Sum(partition => partition.GetProperty("rewinds").GetInt32()),
        };
    }

    /// <summary>How much memory the process holds, in bytes.</summary>
    public long Resident() => ProcessFigures.Resident(_process.Id);

    /// <summary>Its processor time so far, in seconds.</summary>
    public double Cpu() => ProcessFigures.Cpu(_process.Id);

    /// <summary>What its metrics say.</summary>
    public async Task<MetricsText> MetricsAsync() => MetricsText.Parse(await _http.GetStringAsync("/metrics"));

    /// <summary>What it took in and read since it was started, by its metrics: they cost it little, however many customers
    /// there are.</summary>
    public async Task<Counters> CountersAsync()
    {
        var metrics = await MetricsAsync();
        return new Counters(
            Stopwatch.GetTimestamp(), Cpu(), (long)metrics.Sum("correlation_stream_messages_total"),
            (long)metrics.Sum("correlation_reader_messages_total"), (long)metrics.Sum("correlation_reader_signals_total"));
    }

    /// <summary>Ends the process: kill -9.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends the process.</summary>
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await KillAsync();
        _cleanup.Dispose();
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

    private async Task<List<JsonElement>> LedgersAsync(string stream) =>
        [.. (await LedgerAsync()).GetProperty("partitions").EnumerateArray()
            .Where(partition => partition.GetProperty("stream").GetString() == stream)];

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

    private async Task<long> AllocatedAsync() => (long)(await MetricsAsync()).Sum(Allocated);

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        foreach (var listener in listeners) listener.Start();
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners) listener.Dispose();
        return ports;
    }
}

/// <summary>What a silo process took in and read since it was started.</summary>
/// <param name="At">The moment, as a monotonic timestamp.</param>
/// <param name="Cpu">Its processor time, in seconds.</param>
/// <param name="Appended">Messages that became durable in its stream.</param>
/// <param name="Read">Messages read and answered.</param>
/// <param name="Signals">Signals with a fate; what is read again counts again.</param>
internal sealed record Counters(long At, double Cpu, long Appended, long Read, long Signals)
{
    /// <summary>How many messages are in the stream and not read.</summary>
    public long Behind => Appended - Read;
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
