using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Correlation.Silo.Tests;

namespace Correlation.Deploy.Tests.Metrics;

/// <summary>A real Prometheus with the committed configuration, but for whom it scrapes and how often.</summary>
internal sealed partial class PrometheusServer : IAsyncDisposable
{
    /// <summary>What the program is called.</summary>
    public const string Program = "prometheus";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private readonly string _folder = Directory.CreateTempSubdirectory("prometheus-").FullName;
    private readonly HttpClient _http = new();
    private readonly Process _process;

    private PrometheusServer(Uri target)
    {
        File.WriteAllText(Path.Combine(_folder, "prometheus.yml"), Configuration(target));
        File.Copy(Checkout.PathOf("deploy/prometheus/alerts.yml"), Path.Combine(_folder, "alerts.yml"));
        var port = SiloProcess.FreePort();
        _http.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        _process = Process.Start(new ProcessStartInfo(Program,
        [
            $"--config.file={Path.Combine(_folder, "prometheus.yml")}", $"--storage.tsdb.path={Path.Combine(_folder, "data")}",
            $"--web.listen-address=127.0.0.1:{port}", "--log.level=error",
        ]))!;
    }

    /// <summary>Starts it; ends when it has scraped a process twice.</summary>
    public static async Task<PrometheusServer> StartAsync(string target)
    {
        var server = new PrometheusServer(new Uri(target));
        try
        {
            var hasScraped = await server.UntilAsync("count_over_time(up{job=\"correlation\"}[1m]) > 1");
            Assert.True(hasScraped, $"Prometheus has not scraped {target} twice in {Patience}.");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has it carry out a query.</summary>
    /// <returns>How many series came back, or what was wrong with the query.</returns>
    /// <exception cref="HttpRequestException">It does not listen, or is not ready.</exception>
    public async Task<(int Series, string Error)> QueryAsync(string expression)
    {
        using var answer = await _http.GetAsync($"api/v1/query?query={Uri.EscapeDataString(expression)}");
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) answer.EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var root = document.RootElement;
        return root.GetProperty("status").GetString() == "success"
            ? (root.GetProperty("data").GetProperty("result").GetArrayLength(), "")
            : (0, root.GetProperty("error").GetString()!);
    }

    /// <summary>Waits until a query gives data.</summary>
    /// <returns>Whether it did; a query that is wrong fails the test.</returns>
    public async Task<bool> UntilAsync(string expression)
    {
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < Patience)
        {
            Assert.False(_process.HasExited, "Prometheus ended; it said why on standard error.");
            try
            {
                var (series, error) = await QueryAsync(expression);
                Assert.True(error.Length == 0, $"{expression}: {error}");
                if (series > 0) return true;
            }
            catch (HttpRequestException)
            {
                // It is not ready yet.
            }

            await Task.Delay(Poll);
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Configuration(Uri target)
    {
        var committed = Checkout.Read("deploy/prometheus/prometheus.yml");
        var changed = Interval().Replace(Targets().Replace(committed, $"targets: [\"{target.Authority}\"]"), "$1: 1s");
        Assert.Equal((1, 2), (Targets().Count(committed), Interval().Count(committed)));
        return changed;
    }

    [GeneratedRegex(@"targets: \[.*\]")]
    private static partial Regex Targets();

    [GeneratedRegex(@"(_interval): 15s")]
    private static partial Regex Interval();
}
