using System.Text.RegularExpressions;
using Correlation.Deploy.Tests.Image;

namespace Correlation.Deploy.Tests.Metrics;

/// <summary>Every metric that the board and the alert rules ask for is one that a running process serves, and a real Prometheus
/// answers every query.</summary>
public sealed partial class MetricsTests : IClassFixture<ScrapedDemo>
{
    /// <summary>Prometheus' own word on whom it scrapes.</summary>
    private const string Up = "up";

    /// <summary>Parts of queries that give nothing in the demo, each with the reason: what they count does not happen there. A
    /// metric is served only once it has a value, so these are looked for in the source.</summary>
    private static readonly Dictionary<string, string> Explained = new()
    {
        ["correlation_delivery_lost_total"] = "no flush fails",
        ["correlation_parking_discarded_total"] = "nothing is parked",
        ["correlation_parking_drained_total"] = "nothing is parked",
        ["correlation_parking_failures_total"] = "nothing is parked",
        ["correlation_parking_parked_total"] = "nothing is parked",
        ["correlation_parking_shed_total"] = "there is room for every signal",
        ["correlation_reader_lost_total"] = "the stream keeps every message",
        ["correlation_reader_rewinds_total"] = "no flush fails",
        ["correlation_remediation_verified_total"] = "an effect is judged after a hold time",
        ["correlation_storage_failures_total"] = "no write fails",
        ["http_response_status_code=~\"5..\""] = "no request fails",
        [" > "] = "an alert rule gives data only where something is wrong",
        [" == 0"] = "an alert rule gives data only where something is wrong",
    };

    private readonly ScrapedDemo demo;

    public MetricsTests(ScrapedDemo demo)
    {
        Programs.Need(PrometheusServer.Program);
        this.demo = demo;
    }

    [Fact]
    public void Every_metric_that_is_asked_for_is_served() => Assert.Empty(
        Board.Expressions.SelectMany(one => Unserved(one.Expression).Select(metric => $"{one.Of}: there is no {metric}")));

    [Theory]
    [InlineData("sum(rate(correlation_made_up_total{job=\"correlation\"}[1m]))", "correlation_made_up_total")]
    [InlineData("correlation_reader_signals{job=\"correlation\"}", "correlation_reader_signals")]
    [InlineData("correlation_parking_parked{job=\"correlation\"} > 0", "correlation_parking_parked")]
    public void A_metric_that_is_not_served_is_told(string expression, string metric) =>
        Assert.Equal([metric], Unserved(expression));

    [Fact]
    public async Task Prometheus_answers_every_query_with_data_or_the_lack_of_it_is_explained()
    {
        var empty = new List<string>();
        foreach (var (of, expression) in Board.Expressions)
        {
            var filled = Expression.Filled(expression);
            if (Explained.Keys.Any(part => expression.Contains(part, StringComparison.Ordinal)))
                Assert.Equal("", (await demo.Prometheus.QueryAsync(filled)).Error);
            else if (!await demo.Prometheus.UntilAsync(filled))
                empty.Add($"{of}: {filled}");
        }

        Assert.Empty(empty);
    }

    [Fact]
    public async Task A_query_that_is_wrong_is_told() =>
        Assert.NotEmpty((await demo.Prometheus.QueryAsync("sum by (rate(up{job=\"correlation\"}[1m]))")).Error);

    [Fact]
    public void Every_explanation_is_of_something_that_is_asked_for() => Assert.All(
        Explained.Keys,
        part => Assert.Contains(Board.Expressions, one => one.Expression.Contains(part, StringComparison.Ordinal)));

    [Fact]
    public void What_is_asked_for_is_described()
    {
        var described = Described().Matches(Checkout.Read("docs/telemetry.md"))
            .Select(match => match.Groups[1].Value.Replace('.', '_')).ToList();
        Assert.NotEmpty(described);
        Assert.All(
            Board.Expressions.SelectMany(one => Expression.Metrics(one.Expression))
                .Where(metric => metric.StartsWith("correlation_", StringComparison.Ordinal)).Distinct(),
            metric => Assert.Contains(described, name => metric.StartsWith(name, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_committed_configuration_is_understood()
    {
        Programs.Need("promtool");
        var (exitCode, output, error) =
            await Programs.RunAsync("promtool", ["check", "config", Checkout.PathOf("deploy/prometheus/prometheus.yml")]);
        Assert.True(exitCode == 0, output + error);
        Assert.Contains($"{Board.Rules.Count} rules found", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_gauges_say_what_the_API_says()
    {
        var open = 0;
        await demo.Silo.UntilAsync(TimeSpan.FromMinutes(1), "both agree", async () =>
        {
            var customers = await demo.Silo.Api.ListAsync("customers?limit=200");
            open = (await demo.Silo.Api.ListAsync("incidents?status=open&limit=200")).Count;
            await demo.ScrapeAsync();
            return demo.Sum("correlation_customer_open", "") == open
                && customers.GroupBy(customer => customer.GetProperty("health").GetString()!).All(health =>
                    demo.Sum("correlation_customer_health", $"health=\"{health.Key.ToLowerInvariant()}\"") == health.Count())
                && demo.Sum("correlation_reader_unread", "partition=\"live/") == 0;
        });
        Assert.NotEqual(0, open);
    }

    [Fact]
    public async Task The_health_check_of_the_container_finds_a_real_process_healthy() =>
        Assert.Equal(0, await HealthTests.ExitCodeAsync(demo.Silo.Address));

    /// <summary>The metrics of an expression that are neither served nor, where nothing has happened to count, in the
    /// source.</summary>
    private IEnumerable<string> Unserved(string expression) => Expression.Metrics(expression)
        .Where(metric => metric != Up && !demo.Served.Contains(metric))
        .Where(metric => !Explained.ContainsKey(metric) || !InSource(metric)).ToList();

    private static bool InSource(string counter) => Directory
        .EnumerateFiles(Checkout.PathOf("src"), "*Instruments.cs", SearchOption.AllDirectories).Select(File.ReadAllText)
        .SelectMany(text => Counter().Matches(text)).Any(match => $"{match.Groups[1].Value.Replace('.', '_')}_total" == counter);

    [GeneratedRegex("CreateCounter<long>\\(\\s*\"([a-z.]+)\"")]
    private static partial Regex Counter();

    [GeneratedRegex(@"(?m)^\| `(correlation\.[a-z.]+)` \|")]
    private static partial Regex Described();
}
