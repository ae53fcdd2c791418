using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Correlation.Silo.Tests;

namespace Correlation.Deploy.Tests.Metrics;

/// <summary>The product with its demo replayed, and a Prometheus that scrapes it, for all tests of <see cref="MetricsTests"/>;
/// nothing where there is no Prometheus.</summary>
public sealed partial class ScrapedDemo : IAsyncLifetime
{
    private static readonly TimeSpan SettleMost = TimeSpan.FromMinutes(2);

    private readonly DataFolder _folder = new(TimeProvider.System.GetUtcNow());

    /// <summary>The product.</summary>
    internal SiloProcess Silo { get; private set; } = null!;

    /// <summary>Prometheus.</summary>
    internal PrometheusServer Prometheus { get; private set; } = null!;

    /// <summary>What <c>/metrics</c> serves: each line.</summary>
    internal IReadOnlyList<string> Lines { get; private set; } = [];

    /// <summary>The metrics that it serves.</summary>
    internal HashSet<string> Served => [.. Lines.Select(line => Name().Match(line).Value)];

    public async ValueTask InitializeAsync()
    {
        if (!Programs.Has(PrometheusServer.Program)) return;
        Silo = await SiloProcess.StartAsync(_folder.Path, "--demo");
        await Demo.ReplayedAsync(Silo, Demo.Truth().Counts.Messages);
        using var http = new HttpClient { BaseAddress = new Uri(Silo.Address) };
        using var alert = new ByteArrayContent(
            await File.ReadAllBytesAsync(Checkout.PathOf("loadtests/Decode/Payloads/alert-metric.json")));
        alert.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        (await http.PostAsync("api/v1/signals", alert)).EnsureSuccessStatusCode();
        await Silo.UntilAsync(SettleMost, "remediation has acted", async () =>
            (await Silo.Api.ListAsync("remediations")).Exists(run => run.GetProperty("state").GetString() == "succeeded"));
        Prometheus = await PrometheusServer.StartAsync(Silo.Address);
        await ScrapeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Prometheus is not null) await Prometheus.DisposeAsync();
        Silo?.Dispose();
        _folder.Dispose();
    }

    /// <summary>Reads <c>/metrics</c>.</summary>
    internal async Task ScrapeAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri(Silo.Address) };
        var text = await http.GetStringAsync("metrics");
        Lines = [.. text.Split('\n').Where(line => line.Length > 0 && !line.StartsWith('#'))];
    }

    /// <summary>The sum over the lines of a metric whose labels hold a text.</summary>
    internal double Sum(string metric, string label) => Lines
        .Where(line => line.StartsWith(metric + "{", StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal))
        .Sum(line => double.Parse(Value().Match(line).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));

    [GeneratedRegex("^[a-zA-Z_:][a-zA-Z0-9_:]*")]
    private static partial Regex Name();

    [GeneratedRegex(@"\} ([^ ]+)")]
    private static partial Regex Value();
}
