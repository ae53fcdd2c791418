using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Correlation.Contracts;
using Correlation.Gateway.Tests.Fakes;
using Correlation.Problems;
using Correlation.Remediation;

namespace Correlation.Gateway.Tests;

public sealed class ReadsApiTests(SharedHost shared) : IClassFixture<SharedHost>, IDisposable
{
    private readonly Cluster cluster = shared.Cluster;
    private readonly HttpClient client = shared.Gateway.Client();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task Customers_come_by_key_with_health_and_page()
    {
        var first = await GetAsync("/api/v1/customers?limit=1");
        var acme = Assert.Single(first.GetProperty("items").EnumerateArray());
        Assert.Equal("acme", acme.GetProperty("customer").GetString());
        Assert.Equal("unhealthy", acme.GetProperty("health").GetString());
        Assert.Equal(7, acme.GetProperty("resources").GetProperty("healthy").GetInt32());
        var second = await GetAsync($"/api/v1/customers?limit=1&cursor={first.GetProperty("next").GetString()}");
        Assert.Equal("globex", Assert.Single(second.GetProperty("items").EnumerateArray()).GetProperty("customer").GetString());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        Assert.Equal("acme Ltd", (await GetAsync("/api/v1/customers/acme/health")).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Symptoms_are_listed_whether_an_incident_holds_them_or_not_and_only_by_a_place_that_there_is()
    {
        var symptoms = await GetAsync("/api/v1/customers/acme/symptoms?place=loose");
        Assert.All(symptoms.GetProperty("items").EnumerateArray(), tracked =>
            Assert.Equal(JsonValueKind.Null, tracked.GetProperty("incident").ValueKind));
        Assert.NotEmpty(symptoms.GetProperty("items").EnumerateArray());
        var waiting = await GetAsync("/api/v1/customers/acme/symptoms?place=waiting");
        Assert.All(waiting.GetProperty("items").EnumerateArray(), tracked => Assert.Equal(
            tracked.GetProperty("symptom").GetProperty("start").GetDateTimeOffset().AddMinutes(10),
            tracked.GetProperty("waitsUntil").GetDateTimeOffset()));
        using var wrong = await client.GetAsync("/api/v1/customers/acme/symptoms?place=nowhere", Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using var unknown = await client.GetAsync("/api/v1/customers/nobody/symptoms", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task A_grouping_in_shadow_is_shown_with_its_settings_counts_and_verdicts()
    {
        var shadow = await GetAsync("/api/v1/customers/acme/shadow");
        var setting = shadow.GetProperty("settings")[0];
        Assert.Equal("Threshold 1 0.8", string.Join(' ', setting.EnumerateObject().Select(property => property.Value)));
        Assert.Equal(22, shadow.GetProperty("totals").GetProperty("signalsInShadow").GetInt32());
        var verdict = shadow.GetProperty("now")[0];
        Assert.Equal("merged", verdict.GetProperty("outcome").GetString());
        var member = verdict.GetProperty("shadow")[0].GetProperty("members")[0];
        Assert.Equal(Some.DatabaseId, member.GetProperty("resource").GetString());
        Assert.Equal(JsonValueKind.Null, shadow.GetProperty("sealed")[0].GetProperty("incident").ValueKind);
        Assert.False((await GetAsync("/api/v1/customers/globex/shadow")).GetProperty("active").GetBoolean());
        using var unknown = await client.GetAsync("/api/v1/customers/nobody/shadow", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task The_versions_of_the_configuration_say_from_when_each_is_in_force()
    {
        var items = (await GetAsync("/api/v1/configuration")).GetProperty("items");
        Assert.Equal(["2 customers True 7", "1 customers False 6"], items.EnumerateArray().Select(v =>
            $"{v.GetProperty("number")} {v.GetProperty("kind")} {v.GetProperty("current")} {v.GetProperty("label")}"));
        Assert.Equal("2026-03-02T12:00:00Z", items[0].GetProperty("inForce").GetString());
        Assert.Equal(JsonValueKind.Null, items[1].GetProperty("inForce").ValueKind);
    }

    [Theory]
    [InlineData(Some.DatabaseId)]
    [InlineData("/SUBSCRIPTIONS/11111111-0000-0000-0000-000000000001/resourceGroups/Shop/"
        + "providers/Microsoft.Sql/servers/shop/databases/orders/")]
    public async Task A_resource_is_found_by_any_spelling_of_its_id(string id)
    {
        var resource = await GetAsync("/api/v1/resources?id=" + Uri.EscapeDataString(id));
        Assert.Equal("acme", resource.GetProperty("customer").GetString());
        Assert.Equal("live/0", resource.GetProperty("applied")[0].GetProperty("partition").GetString());
        Assert.Equal("live:1:0:2:0.0", resource.GetProperty("recentSignals")[0].GetProperty("position").GetString());
        Assert.Equal(JsonValueKind.Null, resource.GetProperty("metrics")[0].GetProperty("average").ValueKind);
    }

    [Fact]
    public async Task A_bare_name_is_a_resource_of_the_customer_that_is_named_with_it()
    {
        cluster.Estate.Resources["~acme/printer"] = Some.Resource("acme");
        await GetAsync("/api/v1/resources?id=printer&customer=acme");
        await GatewayHost.ProblemAsync(client.GetAsync("/api/v1/resources?id=printer", Cancel), HttpStatusCode.NotFound);
        await GatewayHost.ProblemAsync(client.GetAsync("/api/v1/resources?id=", Cancel), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Problems_of_all_customers_come_dearest_first()
    {
        var page = await GetAsync("/api/v1/problems?order=cost&limit=1");
        var dearest = Assert.Single(page.GetProperty("items").EnumerateArray());
        Assert.Equal("globex.p1", dearest.GetProperty("id").GetString());
        Assert.Equal("PT1H35M", dearest.GetProperty("timeSpent").GetString());
        var next = await GetAsync($"/api/v1/problems?order=cost&limit=1&cursor={page.GetProperty("next").GetString()}");
        Assert.Equal("acme.p1", Assert.Single(next.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        await GatewayHost.ProblemAsync(client.GetAsync("/api/v1/problems?order=beauty", Cancel), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_problems_state_known_error_and_fix_can_be_set()
    {
        cluster.Estate.Problems["acme.p7"] = Some.Problem("acme.p7", 1);
        var body = Json("""{"version":2,"state":"knownError","knownError":"disk too small","fix":"grown","actor":"mia"}""");
        var answer = await GatewayHost.GoodAsync(client.PostAsync("/api/v1/problems/acme.p7/state", body, Cancel));
        Assert.Equal("done", answer.GetProperty("outcome").GetString());
        var command = Assert.Single(cluster.Estate.ProblemCommands, c => c.Problem == "acme.p7");
        Assert.Equal((ProblemState.KnownError, "disk too small", "grown", "mia"),
            (command.State, command.KnownError, command.Fix, command.Actor));
        Assert.Equal("knownError", (await GetAsync("/api/v1/problems/acme.p7")).GetProperty("state").GetString());
        cluster.Estate.Problems.TryRemove("acme.p7", out _);
    }

    [Theory]
    [InlineData("approve", RunState.Approved)]
    [InlineData("reject", RunState.Rejected)]
    public async Task A_proposed_run_can_be_decided_once(string word, RunState state)
    {
        var id = "acme.run-" + word;
        cluster.Estate.Runs[id] = Some.Run(id);
        var proposed = await GetAsync("/api/v1/remediations?customer=acme&state=proposed");
        Assert.Contains(proposed.GetProperty("items").EnumerateArray(), r => r.GetProperty("id").GetString() == id);
        await GatewayHost.GoodAsync(client.PostAsync($"/api/v1/remediations/{id}/{word}", Json("{\"version\":1}"), Cancel));
        Assert.Equal(state, cluster.Estate.Runs[id].State);
        var again = client.PostAsync($"/api/v1/remediations/{id}/{word}", Json("{\"version\":1}"), Cancel);
        Assert.Equal(2, (await GatewayHost.ProblemAsync(again, HttpStatusCode.Conflict)).GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task Maintenance_windows_are_replaced_as_a_whole()
    {
        const string Address = "/api/v1/maintenance?customer=acme";
        const string Window = """{"id":"w1","from":"2026-03-02T22:00:00Z","until":"2026-03-03T01:00:00+01:00","note":"more"}""";
        var body = Json($"{{\"items\":[{Window}]}}");
        await GatewayHost.GoodAsync(client.PutAsync(Address, body, Cancel));
        var window = Assert.Single((await GetAsync(Address)).GetProperty("items").EnumerateArray());
        Assert.Equal("2026-03-03T00:00:00Z", window.GetProperty("until").GetString());
        Assert.Equal("more", window.GetProperty("note").GetString());
        var backwards = Json("""{"items":[{"from":"2026-03-02T22:00:00Z","until":"2026-03-02T21:00:00Z"}]}""");
        await GatewayHost.ProblemAsync(client.PutAsync(Address, backwards, Cancel), HttpStatusCode.BadRequest);
        await GatewayHost.ProblemAsync(client.GetAsync("/api/v1/maintenance", Cancel), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Both_ledgers_are_shown_and_say_whether_they_balance()
    {
        var ledger = await GetAsync("/api/v1/ledger");
        Assert.True(ledger.GetProperty("balanced").GetBoolean());
        Assert.Equal([0, 1],
            ledger.GetProperty("partitions").EnumerateArray().Select(p => p.GetProperty("partition").GetInt32()));
        Assert.Equal(4, ledger.GetProperty("partitions")[0].GetProperty("lost")[0].GetProperty("last").GetInt64());
        Assert.True(ledger.GetProperty("customers")[0].GetProperty("counts").GetProperty("balances").GetBoolean());
    }

    [Fact]
    public async Task A_watcher_hears_what_happens_and_only_of_the_customer_it_asks_for()
    {
        using var answer = await client.GetAsync("/api/v1/events?customer=acme", HttpCompletionOption.ResponseHeadersRead,
            Cancel);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        var items = SseParser.Create(await answer.Content.ReadAsStreamAsync(Cancel)).EnumerateAsync(Cancel)
            .GetAsyncEnumerator(Cancel);
        await NextAsync(items);
        Assert.Equal("ping", items.Current.EventType);
        await cluster.Client.GetGrain<IFeedGrain>(0).Publish(
        [
            new FeedEvent("health", "globex", "globex", 5, "unhealthy", Some.Noon),
            new FeedEvent("incident", "acme", "acme.i1", 4, Some.Script, Some.Noon),
        ]);
        do await NextAsync(items);
        while (items.Current.EventType == "ping");
        Assert.Equal("incident", items.Current.EventType);
        var happened = JsonSerializer.Deserialize<JsonElement>(items.Current.Data);
        Assert.Equal("acme.i1", happened.GetProperty("id").GetString());
        Assert.Equal(Some.Script, happened.GetProperty("text").GetString());
    }

    [Fact]
    public async Task There_are_only_so_many_watchers_and_one_that_leaves_makes_room()
    {
        await using var small = await GatewayHost.StartAsync(cluster, settings: [("Gateway:Watchers", "1")]);
        using var watcher = small.Client();
        using (await watcher.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead, Cancel))
            await GatewayHost.ProblemAsync(watcher.GetAsync("/api/v1/events", Cancel), HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task A_caller_beyond_its_rate_is_told_to_wait()
    {
        await using var small = await GatewayHost.StartAsync(cluster, settings: [("Gateway:RequestsPerSecond", "1")]);
        using var busy = small.Client();
        var answers = await Task.WhenAll(Enumerable.Range(0, 40)
            .Select(_ => busy.GetAsync("/api/v1/maintenance?customer=acme", Cancel)));
        var refused = answers.First(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Equal("1", refused.Headers.RetryAfter?.ToString());
        await GatewayHost.ProblemAsync(Task.FromResult(refused), HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_a_time_out_and_not_a_fault_of_the_gateway()
    {
        cluster.Estate.Failure = new TimeoutException("inside");
        try
        {
            await GatewayHost.ProblemAsync(client.GetAsync("/api/v1/customers/acme/health", Cancel),
                HttpStatusCode.GatewayTimeout);
        }
        finally
        {
            cluster.Estate.Failure = null;
        }
    }

    private Task<JsonElement> GetAsync(string address) => GatewayHost.GoodAsync(client.GetAsync(address, Cancel));

    private static async Task NextAsync(IAsyncEnumerator<SseItem<string>> items) => Assert.True(await items.MoveNextAsync());

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
