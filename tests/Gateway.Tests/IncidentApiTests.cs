using System.Net;
using System.Text;
using System.Text.Json;
using Correlation.Gateway.Tests.Fakes;
using Correlation.Incidents;

namespace Correlation.Gateway.Tests;

public sealed class IncidentApiTests(SharedHost shared) : IClassFixture<SharedHost>, IDisposable
{
    private const string NoBody = "The body is missing: send JSON, with Content-Type: application/json.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private readonly GatewayHost host = shared.Gateway;
    private readonly Cluster cluster = shared.Cluster;
    private readonly HttpClient client = shared.Gateway.Client();

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task Incidents_of_all_customers_come_newest_first_and_page_without_gap_or_repetition()
    {
        foreach (var i in Enumerable.Range(0, 7))
            cluster.Estate.Incidents[$"globex.page{i}"] = Some.Incident($"globex.page{i}", Some.Noon.AddHours(1));
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await GetAsync($"/api/v1/incidents?status=open&limit=2&cursor={cursor}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        var expected = cluster.Estate.Incidents.Values.Select(i => i.Summary).Where(i => i.Resolved is null)
            .OrderByDescending(i => i.Started).ThenBy(i => i.Id, StringComparer.Ordinal).Select(i => i.Id);
        Assert.Equal(expected, seen);
    }

    [Fact]
    public async Task One_incident_is_shown_with_words_of_the_domain_as_text()
    {
        var incident = await GetAsync("/api/v1/incidents/acme.i2");
        var summary = incident.GetProperty("summary");
        Assert.Equal("error", summary.GetProperty("severity").GetString());
        Assert.Equal("open", summary.GetProperty("status").GetString());
        Assert.Equal("2026-03-02T12:05:00Z", summary.GetProperty("started").GetString());
        Assert.Equal(Some.DatabaseId, summary.GetProperty("cause").GetString());
        Assert.Equal(0.8, incident.GetProperty("causes")[0].GetProperty("score").GetDouble());
        Assert.Equal("live:1:0:1:0.0",
            incident.GetProperty("changes")[0].GetProperty("change").GetProperty("signal").GetProperty("position").GetString());
    }

    [Fact]
    public async Task Members_timeline_and_explanation_of_an_incident_can_be_read()
    {
        var members = await GetAsync("/api/v1/incidents/acme.i1/members");
        Assert.Equal("alert:orders down",
            members.GetProperty("items")[0].GetProperty("symptom").GetProperty("condition").GetString());
        var timeline = await GetAsync("/api/v1/incidents/acme.i1/timeline");
        Assert.Equal("opened", timeline.GetProperty("items")[0].GetProperty("kind").GetString());
        var why = await GetAsync("/api/v1/incidents/acme.i1/explain?other=printer");
        Assert.False(why.GetProperty("together").GetBoolean());
        Assert.Equal("printer is too far away.", why.GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("acknowledge", "{\"version\":3,\"actor\":\"mia\"}", IncidentVerb.Acknowledge, null)]
    [InlineData("assign", "{\"version\":3,\"assignee\":\"bo\"}", IncidentVerb.Assign, "bo")]
    [InlineData("note", "{\"version\":3,\"text\":\"seen\"}", IncidentVerb.Note, "seen")]
    [InlineData("snooze", "{\"version\":3,\"until\":\"2026-03-02T14:00:00+01:00\"}", IncidentVerb.Snooze, null)]
    [InlineData("resolve", "{\"version\":3,\"text\":\"rebooted\"}", IncidentVerb.Resolve, "rebooted")]
    [InlineData("merge", "{\"version\":3,\"other\":\"acme.i2\"}", IncidentVerb.Merge, "acme.i2")]
    [InlineData("cause", "{\"version\":3,\"resource\":\"/subscriptions/s/x\"}", IncidentVerb.Cause, "/subscriptions/s/x")]
    [InlineData("split", "{\"version\":3,\"symptoms\":[\"s1\"]}", IncidentVerb.Split, null)]
    public async Task A_command_reaches_the_customers_grain_as_it_was_meant(string word, string body, IncidentVerb verb,
        string? argument)
    {
        var id = $"acme.command-{word}";
        cluster.Estate.Incidents[id] = Some.Incident(id);
        var answer = await GatewayHost.GoodAsync(PostAsync($"/api/v1/incidents/{id}/{word}", body));
        Assert.Equal(4, answer.GetProperty("version").GetInt64());
        var command = Assert.Single(cluster.Estate.Commands, c => c.Incident == id);
        Assert.Equal((verb, argument, 3L), (command.Verb, command.Argument, command.Version));
        Assert.Equal(word == "acknowledge" ? "mia" : "local", command.Actor);
        Assert.NotEmpty(command.CommandId);
        if (verb == IncidentVerb.Snooze) Assert.Equal(Some.Noon.AddHours(1), command.Until);
        if (verb == IncidentVerb.Split) Assert.Equal(["s1"], command.Symptoms);
    }

    [Fact]
    public async Task A_stale_command_is_a_conflict_that_names_the_current_version()
    {
        cluster.Estate.Incidents["acme.stale"] = Some.Incident("acme.stale");
        var answer = PostAsync("/api/v1/incidents/acme.stale/acknowledge", "{\"version\":2}");
        var problem = await GatewayHost.ProblemAsync(answer, HttpStatusCode.Conflict);
        Assert.Equal("acme.stale", problem.GetProperty("id").GetString());
        Assert.Equal(3, problem.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task A_command_that_makes_no_sense_now_is_refused_with_the_reason()
    {
        cluster.Estate.Incidents["acme.refused"] = Some.Incident("acme.refused");
        var answer = PostAsync("/api/v1/incidents/acme.refused/reopen", "{\"version\":3}");
        Assert.Equal("It is open.",
            (await GatewayHost.ProblemAsync(answer, HttpStatusCode.UnprocessableEntity)).GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("note", "{\"version\":3}", "'text' is missing.")]
    [InlineData("assign", "{\"version\":3}", "'assignee' is missing.")]
    [InlineData("snooze", "{\"version\":3}", "'until' is missing.")]
    [InlineData("cause", "{\"version\":3}", "'resource' is missing.")]
    [InlineData("split", "{\"version\":3,\"symptoms\":[]}", "'symptoms' is missing.")]
    [InlineData("acknowledge", "{}", "The body is not what is expected, at '$': 'version' is missing.")]
    [InlineData("acknowledge", "", NoBody)]
    [InlineData("acknowledge", "null", NoBody)]
    [InlineData("acknowledge", "{\"version\":\"x\"}", "The body is not what is expected, at '$.version'.")]
    [InlineData("snooze", "{\"version\":3,\"until\":\"soon\"}", "The body is not what is expected, at '$.until'.")]
    public async Task A_command_without_what_it_needs_says_what_is_missing(string word, string body, string detail)
    {
        var answer = PostAsync($"/api/v1/incidents/acme.i1/{word}", body);
        Assert.Equal(detail,
            (await GatewayHost.ProblemAsync(answer, HttpStatusCode.BadRequest)).GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("/api/v1/incidents/acme.i1/acknowledge", null, 400, NoBody)]
    [InlineData("/api/v1/remediations/acme.r1/approve", null, 400, NoBody)]
    [InlineData("/api/v1/remediations/acme.r1/approve", "text/plain", 415, "Send Content-Type: application/json.")]
    [InlineData("/api/v1/problems/acme.p1/state", "application/json", 400,
        "The body is not what is expected, at '$': 'version', 'state' are missing.")]
    public async Task A_body_that_is_none_or_of_another_kind_is_asked_for(string address, string? type, int status, string detail)
    {
        using var body = type is null ? null : new StringContent("{}", Encoding.UTF8, type);
        var problem = await GatewayHost.ProblemAsync(client.PostAsync(address, body, Cancel), (HttpStatusCode)status);
        Assert.Equal(detail, problem.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("/api/v1/incidents/acme.none", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/incidents/nobody.i1", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/incidents/no-dot", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/incidents/acme.none/members", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/incidents?status=broken", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/incidents?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/incidents?limit=many", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/incidents?since=yesterday", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/incidents?cursor=%21%21", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/incidents?cursor=bm9uc2Vuc2U", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/incidents/acme.i1/explain", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/nothing", HttpStatusCode.NotFound)]
    [InlineData("/api/nothing", HttpStatusCode.NotFound)]
    public async Task What_cannot_be_answered_is_a_problem_in_words(string address, HttpStatusCode status) =>
        await GatewayHost.ProblemAsync(client.GetAsync(address, Cancel), status);

    [Fact]
    public async Task A_wrong_method_is_a_problem_that_names_the_right_ones()
    {
        using var answer = await PostAsync("/api/v1/customers", "{}");
        Assert.Contains("GET", answer.Content.Headers.Allow);
        await GatewayHost.ProblemAsync(Task.FromResult(answer), HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task A_made_up_customer_wakes_no_grain()
    {
        await GatewayHost.ProblemAsync(client.GetAsync("/api/v1/incidents/madeup.i1", Cancel), HttpStatusCode.NotFound);
        await GatewayHost.ProblemAsync(client.GetAsync("/api/v1/customers/madeup/health", Cancel), HttpStatusCode.NotFound);
        Assert.DoesNotContain("madeup", cluster.Estate.Woken.Keys);
    }

    [Fact]
    public async Task An_error_inside_tells_nothing_of_the_inside()
    {
        var answer = client.GetAsync("/api/v1/broken", Cancel);
        var problem = await GatewayHost.ProblemAsync(answer, HttpStatusCode.InternalServerError);
        Assert.DoesNotContain("secret", problem.ToString());
        Assert.Contains(host.Log.Lines, l => l.Contains("a secret of the inside"));
    }

    private Task<JsonElement> GetAsync(string address) => GatewayHost.GoodAsync(client.GetAsync(address, Cancel));

    private Task<HttpResponseMessage> PostAsync(string address, string body) =>
        client.PostAsync(address, new StringContent(body, Encoding.UTF8, "application/json"), Cancel);
}
