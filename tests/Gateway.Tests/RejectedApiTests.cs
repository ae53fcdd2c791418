using System.Net;
using System.Text;
using System.Text.Json;
using Correlation.Contracts;
using Correlation.Decoding;
using Correlation.Gateway.Tests.Fakes;

namespace Correlation.Gateway.Tests;

public sealed class RejectedApiTests(Cluster cluster) : IAsyncLifetime
{
    private const string All = "all-operator-key-0123456789";
    private const string Acme = "acme-operator-key-0123456789";
    private const string Board = "board-reader-key-0123456789";

    private const string Good = """
        {"time":"2026-03-02T11:00:00Z","resourceId":"/subscriptions/1/resourcegroups/g/providers/microsoft.web/sites/a"}
        """;

    private static readonly (string, string)[] Keys =
    [
        ("Gateway:ApiKeys:0:Key", All), ("Gateway:ApiKeys:0:Name", "shift"), ("Gateway:ApiKeys:0:Customers:0", "*"),
        ("Gateway:ApiKeys:0:Role", "operator"),
        ("Gateway:ApiKeys:1:Key", Acme), ("Gateway:ApiKeys:1:Name", "acme-desk"), ("Gateway:ApiKeys:1:Customers:0", "acme"),
        ("Gateway:ApiKeys:1:Role", "operator"),
        ("Gateway:ApiKeys:2:Key", Board), ("Gateway:ApiKeys:2:Name", "board"), ("Gateway:ApiKeys:2:Customers:0", "*"),
    ];

    private GatewayHost host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        cluster.Estate.Rejected.Clear();
        Reject("live:1:0:4:1.0", $"[5,{Good},7]");
        Reject("live:1:0:9:0.0", "still no json");
        Reject("live:1:1:2:0.0", Good);
        host = await GatewayHost.StartAsync(cluster, settings: Keys);
    }

    public ValueTask DisposeAsync()
    {
        cluster.Estate.Rejected.Clear();
        return host.DisposeAsync();
    }

    [Fact]
    public async Task Rejected_records_come_by_partition_with_reason_and_payload_and_page()
    {
        var first = await GetAsync(All, "?limit=1");
        var item = Assert.Single(first.GetProperty("items").EnumerateArray());
        Assert.Equal(("live:1:0:4:1.0", "notJson"), (Text(item, "position"), Text(item, "reason")));
        var begins = Encoding.UTF8.GetString(item.GetProperty("payload").GetBytesFromBase64());
        Assert.StartsWith("[5,", begins, StringComparison.Ordinal);
        var second = await GetAsync(All, $"?limit=1&cursor={Text(first, "next")}");
        Assert.Equal(["live:1:0:9:0.0"], Positions(second));
        var third = await GetAsync(All, $"?limit=5&cursor={Text(second, "next")}");
        Assert.Equal(["live:1:1:2:0.0"], Positions(third));
        Assert.Null(Text(third, "next"));
    }

    [Theory]
    [InlineData(Board, "", 3)]
    [InlineData(Acme, "", 0)]
    [InlineData(All, "?stream=live", 3)]
    [InlineData(All, "?stream=other", 0)]
    [InlineData(All, "?partition=1", 1)]
    [InlineData(All, "?since=2026-03-02T12:00:01Z", 0)]
    public async Task Only_a_caller_that_sees_every_customer_sees_any_and_a_list_is_narrowed(
        string key, string query, int seen) =>
        Assert.Equal(seen, Positions(await GetAsync(key, query)).Count());

    [Fact]
    public async Task A_record_is_cut_out_of_its_message_and_taken_in_again_once()
    {
        Assert.True(await RedriveAsync("live:1:0:4:1.0"));
        Assert.False(await RedriveAsync("live:1:0:4:1.0"));
        var taken = Assert.Single(host.Streams.Recordings.Of("redriven", "live:1:0:4:1"));
        Assert.Equal((Some.Noon, $"[{Good}]"), (taken.LogTime, taken.Body));
        Assert.True(await RedriveAsync("live:1:1:2:0.0"));
        Assert.Equal(Good, Assert.Single(host.Streams.Recordings.Of("redriven", "live:1:1:2:0")).Body);
    }

    [Theory]
    [InlineData(Board, "live:1:1:2:0.0", HttpStatusCode.Forbidden)]
    [InlineData(Acme, "live:1:1:2:0.0", HttpStatusCode.NotFound)]
    [InlineData(All, "live:1:1:3:0.0", HttpStatusCode.NotFound)]
    [InlineData(All, "live:1:0:4:0.0", HttpStatusCode.NotFound)]
    [InlineData(All, "nonsense", HttpStatusCode.BadRequest)]
    [InlineData(All, "live:1:0:9:0.0", HttpStatusCode.UnprocessableEntity)]
    public async Task What_may_not_be_done_or_does_not_help_is_refused(string key, string position, HttpStatusCode status)
    {
        await GatewayHost.ProblemAsync(host.Client(key).PostAsync("/api/v1/rejected/redrive", Body(position), Cancel), status);
        Assert.DoesNotContain("redriven", host.Streams.Recordings.Streams);
    }

    [Fact]
    public async Task A_cursor_of_another_list_is_refused() => await GatewayHost.ProblemAsync(
        host.Client(All).GetAsync("/api/v1/rejected?cursor=Mg", Cancel), HttpStatusCode.BadRequest);

    private void Reject(string position, string payload) => cluster.Estate.Rejected.Add(new RejectedView(
        position, RejectReason.NotJson, "", false, Some.Noon, payload.Length, Encoding.UTF8.GetBytes(payload)));

    private static StringContent Body(string position) =>
        new(JsonSerializer.Serialize(new { position }), Encoding.UTF8, "application/json");

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static IEnumerable<string?> Positions(JsonElement page) =>
        page.GetProperty("items").EnumerateArray().Select(item => Text(item, "position"));

    private Task<JsonElement> GetAsync(string key, string query) =>
        GatewayHost.GoodAsync(host.Client(key).GetAsync("/api/v1/rejected" + query, Cancel));

    private async Task<bool> RedriveAsync(string position)
    {
        var answer = await GatewayHost.GoodAsync(
            host.Client(All).PostAsync("/api/v1/rejected/redrive", Body(position), Cancel));
        return answer.GetProperty("redriven").GetBoolean();
    }
}
