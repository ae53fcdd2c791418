using System.Net;
using System.Text;
using System.Text.Json;
using Correlation.Gateway.Tests.Fakes;

namespace Correlation.Gateway.Tests;

public sealed class ParkingApiTests(Cluster cluster) : IAsyncLifetime
{
    private const string All = "all-operator-key-0123456789";
    private const string Acme = "acme-operator-key-0123456789";
    private const string Board = "board-reader-key-0123456789";
    private const string AcmeLane = "/subscriptions/1/parked-a";
    private const string GlobexLane = "/subscriptions/1/parked-g";

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
        cluster.Estate.Redriven.Clear();
        cluster.Estate.Discarded.Clear();
        host = await GatewayHost.StartAsync(cluster, settings: Keys);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Parked_resources_come_with_how_many_wait_why_and_when_they_are_tried_again_and_page()
    {
        var first = await GetAsync(All, "/api/v1/parked?limit=1");
        var lane = Assert.Single(first.GetProperty("items").EnumerateArray());
        Assert.Equal(
            (AcmeLane, "acme", 7, "TimeoutException, 3 times running", 4, "2026-03-02T12:08:00Z"),
            (Text(lane, "resource"), Text(lane, "customer"), lane.GetProperty("waiting").GetInt32(), Text(lane, "reason"),
                lane.GetProperty("tries").GetInt32(), Text(lane, "nextTry")));
        Assert.Equal(("2026-03-02T11:51:00Z", "2026-03-02T11:59:00Z"), (Text(lane, "oldest"), Text(lane, "newest")));
        var second = await GetAsync(All, $"/api/v1/parked?limit=1&cursor={Text(first, "next")}");
        Assert.Equal([GlobexLane], ResourcesOf(second));
        await GatewayHost.ProblemAsync(Client(All).GetAsync("/api/v1/parked?limit=0", Cancel), HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(All, "", 3)]
    [InlineData(All, "?customer=globex", 1)]
    [InlineData(Board, "?customer=nobody", 0)]
    [InlineData(Acme, "", 2)]
    [InlineData(Acme, "?customer=globex", 0)]
    public async Task A_caller_sees_the_parked_resources_of_its_customers(string key, string query, int seen) =>
        Assert.Equal(seen, ResourcesOf(await GetAsync(key, "/api/v1/parked" + query)).Count());

    [Theory]
    [InlineData(All, 16, 10, 4, 2)]
    [InlineData(Acme, 11, 8, 2, 1)]
    public async Task The_ledger_shows_what_became_of_the_signals_that_were_parked(
        string key, int parked, int waiting, int drained, int discarded)
    {
        var ledger = await GetAsync(key, "/api/v1/ledger");
        var parking = ledger.GetProperty("parking");
        Assert.Equal(
            [parked, waiting, drained, discarded],
            ((string[])["parked", "waiting", "drained", "discarded"]).Select(name => parking.GetProperty(name).GetInt32()));
        Assert.True(parking.GetProperty("balances").GetBoolean());
        Assert.True(ledger.GetProperty("balanced").GetBoolean());
    }

    [Fact]
    public async Task One_resource_or_all_that_the_caller_may_see_are_tried_at_once()
    {
        Assert.Equal(1, await RedrivenAsync(All, "{\"resource\":\"/Subscriptions/1/Parked-A/\",\"actor\":\"ignored\"}"));
        Assert.Equal([(AcmeLane, "shift")], cluster.Estate.Redriven);
        cluster.Estate.Redriven.Clear();
        Assert.Equal(1, await RedrivenAsync(Acme, """{"resource":"parked-printer","customer":"acme"}"""));
        Assert.Equal([("~acme/parked-printer", "acme-desk")], cluster.Estate.Redriven);
        cluster.Estate.Redriven.Clear();
        Assert.Equal(2, await RedrivenAsync(Acme, """{"all":true}"""));
        Assert.Equal(1, await RedrivenAsync(All, """{"all":true,"customer":"globex"}"""));
        Assert.Equal(
            [AcmeLane, GlobexLane, "~acme/parked-printer"],
            cluster.Estate.Redriven.Select(redriven => redriven.Lane).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_given_up_is_counted_and_the_actor_is_told()
    {
        var body = Json($$"""{"resource":"{{AcmeLane}}"}""");
        var answer = await GatewayHost.GoodAsync(Client(Acme).PostAsync("/api/v1/parked/discard", body, Cancel));
        Assert.Equal(7, answer.GetProperty("discarded").GetInt64());
        body = Json($$"""{"resource":"{{AcmeLane}}","most":1}""");
        await GatewayHost.GoodAsync(Client(All).PostAsync("/api/v1/parked/discard", body, Cancel));
        Assert.Equal([(AcmeLane, int.MaxValue, "acme-desk"), (AcmeLane, 1, "shift")], cluster.Estate.Discarded);
    }

    [Theory]
    [InlineData(Board, "redrive", """{"all":true}""", HttpStatusCode.Forbidden)]
    [InlineData(Board, "discard", """{"resource":"/subscriptions/1/parked-a"}""", HttpStatusCode.Forbidden)]
    [InlineData(Acme, "redrive", """{"resource":"/subscriptions/1/parked-g"}""", HttpStatusCode.NotFound)]
    [InlineData(Acme, "discard", """{"resource":"/subscriptions/1/parked-g"}""", HttpStatusCode.NotFound)]
    [InlineData(All, "discard", """{"resource":"/subscriptions/1/parked-g","customer":"acme"}""", HttpStatusCode.NotFound)]
    [InlineData(All, "redrive", """{"resource":"/subscriptions/1/not-parked"}""", HttpStatusCode.NotFound)]
    [InlineData(All, "redrive", "{}", HttpStatusCode.BadRequest)]
    [InlineData(All, "redrive", """{"all":true,"resource":"/subscriptions/1/parked-g"}""", HttpStatusCode.BadRequest)]
    [InlineData(All, "discard", "{}", HttpStatusCode.BadRequest)]
    [InlineData(All, "discard", """{"resource":"/subscriptions/1/parked-g","most":0}""", HttpStatusCode.BadRequest)]
    public async Task What_may_not_be_done_or_is_not_there_is_refused(string key, string word, string body, HttpStatusCode status)
    {
        await GatewayHost.ProblemAsync(Client(key).PostAsync($"/api/v1/parked/{word}", Json(body), Cancel), status);
        Assert.Empty(cluster.Estate.Redriven);
        Assert.Empty(cluster.Estate.Discarded);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static IEnumerable<string?> ResourcesOf(JsonElement page) =>
        page.GetProperty("items").EnumerateArray().Select(lane => Text(lane, "resource"));

    private HttpClient Client(string key) => host.Client(key);

    private Task<JsonElement> GetAsync(string key, string address) =>
        GatewayHost.GoodAsync(Client(key).GetAsync(address, Cancel));

    private async Task<int> RedrivenAsync(string key, string body)
    {
        var answer = await GatewayHost.GoodAsync(Client(key).PostAsync("/api/v1/parked/redrive", Json(body), Cancel));
        return answer.GetProperty("redriven").GetInt32();
    }
}
