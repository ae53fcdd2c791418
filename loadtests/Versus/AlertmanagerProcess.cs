using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Correlation.LoadTests.Shared;

namespace Correlation.LoadTests.Versus;

/// <summary>Debian's Alertmanager with its default settings, but without a cluster: grouped by customer and resource group,
/// with
/// one webhook.</summary>
internal sealed class AlertmanagerProcess : IContender
{
    /// <summary>What the program is called, and the package.</summary>
    public const string Program = "prometheus-alertmanager";

    private static readonly TimeSpan StartMost = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly ManagedProcess _process;
    private readonly HttpClient _http;
    private readonly WebhookSink _sink;

    private AlertmanagerProcess(ManagedProcess process, int port, WebhookSink sink)
    {
        _process = process;
        _sink = sink;
        _http = new HttpClient
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(2),
        };
    }

    /// <summary>Whether the program is there.</summary>
    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, Program)));

    public int Id => _process.Id;

    /// <summary>Starts it; ends when it says that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It is not within a minute; it is ended then.</exception>
    public static async Task<IContender> StartAsync(string folder, Ports ports, TimeSpan groupWait)
    {
        var sink = await WebhookSink.StartAsync(ports.Next());
        var (port, config) = (ports.Next(), Path.Combine(folder, "alertmanager.yml"));
        await File.WriteAllTextAsync(config, Config(sink.Port, groupWait));
        var process = new ManagedProcess(
            "alertmanager", Program,
            [$"--config.file={config}", $"--storage.path={Path.Combine(folder, "data")}",
                $"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address="], folder);
        var contender = new AlertmanagerProcess(process, port, sink);
        try
        {
            process.Start();
            await contender.ReadyAsync();
            return contender;
        }
        catch
        {
            await contender.DisposeAsync();
            throw;
        }
    }

    public async Task SendAsync(byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await _http.PostAsync(new Uri("/api/v2/alerts", UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<int> ReadAsync(IReadOnlySet<string> wanted)
    {
        using var answer = await _http.GetAsync(
            new Uri("/api/v2/alerts", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        using var alerts = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());
        var keys = alerts.RootElement.EnumerateArray().Select(alert => alert.GetProperty("labels"))
            .Select(labels => TestAlert.KeyOf(
                labels.GetProperty("resource").GetString()!, labels.GetProperty("alertname").GetString()!));
        return keys.Where(wanted.Contains).Distinct().Count();
    }

    /// <summary>It has told its receiver of every alert.</summary>
    public Task<bool> IsSettledAsync(long alerts) => Task.FromResult(_sink.Distinct >= alerts);

    public Task KillAsync() => _process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
        await _sink.DisposeAsync();
    }

    private static string Config(int sink, TimeSpan groupWait) => string.Create(CultureInfo.InvariantCulture,
        $"""
        route:
          receiver: sink
          group_by: [customer, resource_group]
          group_wait: {groupWait.TotalSeconds}s
        receivers:
          - name: sink
            webhook_configs:
              - url: http://127.0.0.1:{sink}/alerts
        """);

    private async Task ReadyAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < StartMost && _process.IsAlive)
        {
            try
            {
                using var answer = await _http.GetAsync(new Uri("/-/ready", UriKind.Relative));
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(Poll);
        }

        throw new InvalidOperationException($"{Program} does not answer.");
    }
}
