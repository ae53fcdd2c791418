using System.Net;
using System.Text.Json;
using Correlation.Contracts;
using Correlation.Gateway.Tests.Fakes;
using Correlation.Signals;

namespace Correlation.Gateway.Tests;

public sealed class ExplainApiTests(SharedHost shared) : IClassFixture<SharedHost>, IDisposable
{
    private const string GlobexKey = "globex-key-0123456789";
    private readonly Cluster cluster = shared.Cluster;
    private readonly HttpClient client = shared.Gateway.Client();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData("/api/v1/incidents/acme.i1/explain?other=" + Some.DatabaseId)]
    [InlineData("/api/v1/customers/acme/explain?one=acme.i1&other=" + Some.DatabaseId)]
    public async Task The_answer_says_the_rule_what_is_missing_and_every_term(string address)
    {
        var why = await GatewayHost.GoodAsync(client.GetAsync(address, Cancel));
        var detail = why.GetProperty("detail");
        Assert.False(why.GetProperty("together").GetBoolean());
        Assert.Equal("belowThreshold", detail.GetProperty("rule").GetString());
        Assert.Equal(0.25, detail.GetProperty("missing").GetDouble());
        Assert.Equal("acme.i1", detail.GetProperty("one").GetProperty("id").GetString());
        Assert.Equal(["contains", "near"], why.GetProperty("links")[0].GetProperty("terms").EnumerateArray()
            .Select(term => term.GetProperty("name").GetString()));
        Assert.Equal(Some.DatabaseId, detail.GetProperty("symptoms")[0].GetProperty("resource").GetString());
    }

    [Theory]
    [InlineData(Fate.Late, null, "late")]
    [InlineData(Fate.Shed, null, "shed under overload")]
    [InlineData(Fate.Rejected, "noTime", "rejected: noTime")]
    public async Task A_position_that_is_no_symptom_is_told_by_its_fate(Fate fate, string? reason, string text)
    {
        var position = Some.At(900 + (int)fate).ToString();
        cluster.Estate.Signals[position] = new SignalView(
            position, fate, reason, Some.Noon, fate == Fate.Rejected ? null : Some.Signal, []);

        var why = await AskAsync(client, "acme.i1", position);

        Assert.Equal("notKnown", why.GetProperty("detail").GetProperty("rule").GetString());
        Assert.Equal(fate.ToString().ToLowerInvariant(), why.GetProperty("detail").GetProperty("fate").GetString());
        Assert.Contains(text, why.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_of_another_customer_or_of_nobody_is_not_found_whoever_asks()
    {
        var position = Some.At(950).ToString();
        cluster.Estate.Signals[position] = new SignalView(position, Fate.Late, null, Some.Noon, Some.Signal, []);
        // The database is acme's; this caller sees both customers, and nothing is told across them all the same.
        await NotFoundAsync(client, $"/api/v1/incidents/globex.i1/explain?other={position}");
        await NotFoundAsync(client, $"/api/v1/customers/globex/explain?one=x&other={position}");
        await NotFoundAsync(client, $"/api/v1/incidents/globex.i1/explain?other={Some.At(951)}");
    }

    [Fact]
    public async Task Who_may_see_one_customer_learns_nothing_of_another()
    {
        var position = Some.At(960).ToString();
        cluster.Estate.Signals[position] = new SignalView(position, Fate.Shed, null, Some.Noon, Some.Signal, []);
        await using var host = await GatewayHost.StartAsync(
            cluster,
            settings:
            [
                ("Gateway:ApiKeys:0:Key", GlobexKey), ("Gateway:ApiKeys:0:Name", "globex-desk"),
                ("Gateway:ApiKeys:0:Customers:0", "globex"),
            ]);
        using var globex = host.Client(GlobexKey);

        await NotFoundAsync(globex, "/api/v1/incidents/acme.i1/explain?other=x");
        await NotFoundAsync(globex, "/api/v1/customers/acme/explain?one=x&other=y");
        await NotFoundAsync(globex, $"/api/v1/incidents/globex.i1/explain?other={position}");
    }

    [Theory]
    [InlineData("/api/v1/incidents/acme.i1/explain")]
    [InlineData("/api/v1/customers/acme/explain?one=x")]
    [InlineData("/api/v1/customers/acme/explain?other=x")]
    public async Task Half_a_question_is_a_bad_request(string address)
    {
        await GatewayHost.ProblemAsync(client.GetAsync(address, Cancel), HttpStatusCode.BadRequest);
    }

    private static Task<JsonElement> AskAsync(HttpClient client, string incident, string other) =>
        GatewayHost.GoodAsync(client.GetAsync(
            $"/api/v1/incidents/{incident}/explain?other={Uri.EscapeDataString(other)}", Cancel));

    private static Task NotFoundAsync(HttpClient client, string address) =>
        GatewayHost.ProblemAsync(client.GetAsync(address, Cancel), HttpStatusCode.NotFound);
}
