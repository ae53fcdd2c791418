using System.Net;
using System.Text;
using Correlation.Gateway.Tests.Fakes;

namespace Correlation.Gateway.Tests;

public sealed class ArchiveApiTests(Cluster cluster) : IAsyncLifetime
{
    private const string Acme = "acme-operator-key-0123456789";
    private const string Board = "board-reader-key-0123456789";

    private static readonly (string, string)[] Keys =
    [
        ("Gateway:ApiKeys:0:Key", Acme), ("Gateway:ApiKeys:0:Name", "acme-desk"), ("Gateway:ApiKeys:0:Customers:0", "acme"),
        ("Gateway:ApiKeys:0:Role", "operator"),
        ("Gateway:ApiKeys:1:Key", Board), ("Gateway:ApiKeys:1:Name", "board"), ("Gateway:ApiKeys:1:Customers:0", "*"),
    ];

    private GatewayHost host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        cluster.Estate.Erased.Clear();
        cluster.Estate.Archived["acme"] = [new(2026, 3, 1), new(2026, 3, 2)];
        host = await GatewayHost.StartAsync(cluster, settings: Keys);
    }

    public ValueTask DisposeAsync()
    {
        cluster.Estate.Archived.Clear();
        return host.DisposeAsync();
    }

    [Fact]
    public async Task An_operator_sees_the_days_and_erases_them_and_the_key_says_who_did()
    {
        Assert.Equal(["2026-03-01", "2026-03-02"], await DaysAsync(Acme, "acme"));

        var erased = await GatewayHost.GoodAsync(EraseAsync(Acme, "acme", """{"actor":"somebody else"}"""));

        Assert.Equal(2, erased.GetProperty("erased").GetInt32());
        Assert.Equal([("acme", "acme-desk")], cluster.Estate.Erased);
        Assert.Empty(await DaysAsync(Acme, "acme"));
    }

    [Fact]
    public async Task Nobody_erases_without_the_role_or_what_is_anothers()
    {
        Assert.Equal(["2026-03-01", "2026-03-02"], await DaysAsync(Board, "acme"));
        await GatewayHost.ProblemAsync(EraseAsync(Board, "acme", "{}"), HttpStatusCode.Forbidden);
        await GatewayHost.ProblemAsync(EraseAsync(Acme, "globex", "{}"), HttpStatusCode.NotFound);
        await GatewayHost.ProblemAsync(
            host.Client(Acme).GetAsync("/api/v1/customers/globex/archive", Cancel), HttpStatusCode.NotFound);
        Assert.Empty(cluster.Estate.Erased);
    }

    private async Task<IEnumerable<string?>> DaysAsync(string key, string customer)
    {
        var answer = await GatewayHost.GoodAsync(host.Client(key).GetAsync($"/api/v1/customers/{customer}/archive", Cancel));
        return answer.GetProperty("days").EnumerateArray().Select(day => day.GetString());
    }

    private Task<HttpResponseMessage> EraseAsync(string key, string customer, string body) => host.Client(key).PostAsync(
        $"/api/v1/customers/{customer}/archive/erase", new StringContent(body, Encoding.UTF8, "application/json"), Cancel);
}
