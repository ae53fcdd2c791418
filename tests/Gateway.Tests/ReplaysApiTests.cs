using System.Net;
using System.Text.Json;
using Correlation.Gateway.Tests.Fakes;

namespace Correlation.Gateway.Tests;

public sealed class ReplaysApiTests(Cluster cluster) : IAsyncLifetime
{
    private const string Path = "/api/v1/replays/night";
    private static readonly DateTimeOffset Night = new(2026, 1, 1, 2, 0, 0, TimeSpan.Zero);
    private GatewayHost host = null!;
    private HttpClient client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IReadOnlyList<(DateTimeOffset LogTime, string Body)> Stored => host.Streams.Recordings.Of("replay-night", "night");

    public async ValueTask InitializeAsync()
    {
        host = await GatewayHost.StartAsync(cluster,
            settings: [("Gateway:ReplayMessages", "3"), ("Gateway:MessageBytes", "2000")]);
        client = host.Client();
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return host.DisposeAsync();
    }

    [Fact]
    public async Task A_recording_goes_into_a_stream_of_its_own_with_its_log_times_and_is_ended()
    {
        var first = await SendAsync(0, Line(0, "{\"a\":\"ä\"}"), Line(0, "not JSON"));
        Assert.Equal((2, false), (first.GetProperty("durable").GetInt32(), first.GetProperty("finished").GetBoolean()));
        Assert.Equal("replay-night", first.GetProperty("stream").GetString());
        await SendAsync(2, Line(5, "c"));
        var end = await GatewayHost.GoodAsync(FinishAsync());
        Assert.Equal((3, true), (end.GetProperty("durable").GetInt32(), end.GetProperty("finished").GetBoolean()));
        Assert.Equal([(Night, "{\"a\":\"ä\"}"), (Night, "not JSON"), (Night.AddSeconds(5), "c")], Stored);
    }

    [Fact]
    public async Task What_is_durable_is_skipped_and_told_so_that_a_replay_goes_on_where_it_stopped()
    {
        await SendAsync(0, Line(0, "a"), Line(1, "b"));
        var asked = await SendAsync(0);
        Assert.Equal(2, asked.GetProperty("durable").GetInt32());
        await SendAsync(1, Line(1, "b"), Line(2, "c"));
        Assert.Equal(["a", "b", "c"], Stored.Select(m => m.Body));
    }

    [Fact]
    public async Task Messages_after_a_gap_are_a_conflict_that_says_how_many_are_durable()
    {
        var before = await GatewayHost.ProblemAsync(PostAsync(7, Line(0, "a")), HttpStatusCode.Conflict);
        Assert.Equal(0, before.GetProperty("durable").GetInt32());
        Assert.Empty(host.Streams.Recordings.Streams);
        await SendAsync(0, Line(0, "a"));
        var problem = await GatewayHost.ProblemAsync(PostAsync(7, Line(0, "a")), HttpStatusCode.Conflict);
        Assert.Equal(1, problem.GetProperty("durable").GetInt32());
        Assert.Equal("Message 7 does not follow: 1 are durable; go on from there.", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_finished_replay_takes_nothing_more_and_says_that_it_is_done()
    {
        await SendAsync(0, Line(0, "a"));
        await GatewayHost.GoodAsync(FinishAsync());
        var again = await SendAsync(0, Line(0, "a"), Line(1, "b"));
        Assert.True(again.GetProperty("finished").GetBoolean());
        Assert.Equal(JsonValueKind.Null, again.GetProperty("durable").ValueKind);
        await GatewayHost.GoodAsync(FinishAsync());
        Assert.Equal(["a"], Stored.Select(m => m.Body));
    }

    [Theory]
    [InlineData("Line 2: the log time 2026-01-01T02:00:00.0000000+00:00 is before that of the line before",
        """{"logTime":"2026-01-01T02:00:01Z","body":"a"}""", """{"logTime":"2026-01-01T02:00:00Z","body":"a"}""")]
    [InlineData(
        "Line 1: the log time 2999-01-01T00:00:00.0000000+00:00 lies in the future.",
        """{"logTime":"2999-01-01T00:00:00Z","body":"a"}""")]
    [InlineData("Line 2 is not of the form", "", """{"logTime":"2026-01-01T02:00:01Z","body":{}}""")]
    [InlineData("Line 1 is not of the form", """{"logTime":17,"body":"a"}""")]
    [InlineData("Line 1 is not of the form", """{"logTime":"2026-01-01T02:00:01Z","body":"\ud800"}""")]
    [InlineData("Line 1 is not of the form", "nonsense")]
    public async Task A_wrong_line_is_named_and_nothing_of_its_call_is_stored(string expected, params string[] lines)
    {
        var problem = await GatewayHost.ProblemAsync(PostAsync(0, lines), HttpStatusCode.BadRequest);
        Assert.StartsWith(expected, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(host.Streams.Recordings.Streams);
    }

    [Fact]
    public async Task What_is_beyond_the_limits_is_refused()
    {
        await GatewayHost.ProblemAsync(PostAsync(0, [.. Enumerable.Repeat(Line(0, "a"), 4)]), HttpStatusCode.BadRequest);
        await GatewayHost.ProblemAsync(PostAsync(0, Line(0, new string('x', 2001))), HttpStatusCode.BadRequest);
        await GatewayHost.ProblemAsync(PostAsync(-1, Line(0, "a")), HttpStatusCode.BadRequest);
        await GatewayHost.ProblemAsync(
            client.PostAsync("/api/v1/replays/a%20b?first=0", new StringContent(""), Cancel), HttpStatusCode.BadRequest);
        await GatewayHost.ProblemAsync(client.PostAsync("/api/v1/replays/never/finish", null, Cancel), HttpStatusCode.NotFound);
    }

    private static string Line(int seconds, string body) =>
        JsonSerializer.Serialize(new { logTime = Night.AddSeconds(seconds), body });

    private Task<HttpResponseMessage> PostAsync(long first, params string[] lines) =>
        client.PostAsync($"{Path}?first={first}", new StringContent(string.Join('\n', lines)), Cancel);

    private Task<JsonElement> SendAsync(long first, params string[] lines) => GatewayHost.GoodAsync(PostAsync(first, lines));

    private Task<HttpResponseMessage> FinishAsync() => client.PostAsync($"{Path}/finish", null, Cancel);
}
