using System.Net;
using System.Text;
using Correlation.Gateway.Access;
using Correlation.Gateway.Tests.Fakes;
using Microsoft.Extensions.Options;

namespace Correlation.Gateway.Tests;

public sealed class AccessTests(Cluster cluster)
{
    private const string OperatorKey = "operator-key-0123456789";
    private const string ReaderKey = "reader-key-0123456789";
    private const string AcmeKey = "acme-operator-key-0123456789";

    private static readonly (string, string)[] Keys =
    [
        ("Gateway:ApiKeys:0:Key", OperatorKey), ("Gateway:ApiKeys:0:Name", "shift"), ("Gateway:ApiKeys:0:Customers:0", "*"),
        ("Gateway:ApiKeys:0:Role", "operator"),
        ("Gateway:ApiKeys:1:Key", ReaderKey), ("Gateway:ApiKeys:1:Name", "board"), ("Gateway:ApiKeys:1:Customers:0", "*"),
        ("Gateway:ApiKeys:2:Key", AcmeKey), ("Gateway:ApiKeys:2:Name", "acme-desk"), ("Gateway:ApiKeys:2:Customers:0", "acme"),
        ("Gateway:ApiKeys:2:Role", "Operator"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_address_that_is_not_loopback_refuses_to_start_without_a_key()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => GatewayHost.StartAsync(cluster,
            "http://0.0.0.0:0"));
        Assert.StartsWith(LoopbackGuard.Refusal, error.Message);
    }

    [Fact]
    public async Task An_address_that_is_not_loopback_starts_with_a_key()
    {
        await using var host = await GatewayHost.StartAsync(cluster, "http://0.0.0.0:0", Keys);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{host.Address.Port}") };
        await GatewayHost.ProblemAsync(client.GetAsync("/api/v1/customers", Cancel), HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://localhost:8080", true)]
    [InlineData("http://[::1]:8080", true)]
    [InlineData("http://127.9.9.9:8080", true)]
    [InlineData("http://0.0.0.0:8080", false)]
    [InlineData("http://[::]:8080", false)]
    [InlineData("http://+:8080", false)]
    [InlineData("http://*:8080", false)]
    [InlineData("http://10.0.0.4:8080", false)]
    [InlineData("http://gateway.example:8080", false)]
    public void An_address_is_loopback_only_where_no_other_machine_reaches_it(string address, bool loopback) =>
        Assert.Equal(loopback, LoopbackGuard.IsLoopbackAddress(address));

    [Fact]
    public async Task Without_keys_a_request_for_another_host_is_refused_so_that_no_web_page_can_rebind_to_us()
    {
        await using var host = await GatewayHost.StartAsync(cluster);
        using var client = host.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/customers") { Headers = { Host = "evil.example" } };
        await GatewayHost.ProblemAsync(client.SendAsync(request, Cancel), HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_command_that_a_foreign_web_page_sends_through_a_browser_is_refused()
    {
        await using var host = await GatewayHost.StartAsync(cluster);
        using var client = host.Client();
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        await GatewayHost.ProblemAsync(client.PostAsync("/api/v1/signals", Json("{}"), Cancel), HttpStatusCode.Forbidden);
        Assert.Empty(host.Streams.Messages);
    }

    [Fact]
    public async Task With_keys_nobody_gets_in_without_one_or_with_a_wrong_one()
    {
        await using var host = await GatewayHost.StartAsync(cluster, settings: Keys);
        using var nobody = host.Client();
        using var stranger = host.Client("some-other-key-0123456789");
        foreach (var address in (string[])["/api/v1/customers", "/api/v1/events", "/openapi/v1.json", "/api/v1/ledger"])
        {
            await GatewayHost.ProblemAsync(nobody.GetAsync(address, Cancel), HttpStatusCode.Unauthorized);
            await GatewayHost.ProblemAsync(stranger.GetAsync(address, Cancel), HttpStatusCode.Unauthorized);
        }

        Assert.Equal("ok", await nobody.GetStringAsync("/healthz", Cancel));
        Assert.Equal("ready", await nobody.GetStringAsync("/readyz", Cancel));
    }

    [Fact]
    public async Task A_reader_sees_all_but_changes_nothing()
    {
        await using var host = await GatewayHost.StartAsync(cluster, settings: Keys);
        using var reader = host.Client(ReaderKey);
        await GatewayHost.GoodAsync(reader.GetAsync("/api/v1/incidents", Cancel));
        foreach (var address in (string[])["/api/v1/signals", "/api/v1/replays/a?first=0", "/api/v1/replays/a/finish",
            "/api/v1/incidents/acme.i1/resolve",
            "/api/v1/remediations/acme.r1/approve", "/api/v1/problems/acme.p1/state"])
            await GatewayHost.ProblemAsync(reader.PostAsync(address, Json("{\"version\":1,\"state\":\"open\"}"), Cancel),
                HttpStatusCode.Forbidden);
        await GatewayHost.ProblemAsync(
            reader.PutAsync("/api/v1/maintenance?customer=acme", Json("{\"items\":[]}"), Cancel), HttpStatusCode.Forbidden);
        Assert.Empty(host.Streams.Messages);
    }

    [Fact]
    public async Task A_key_of_one_customer_sees_nothing_of_another()
    {
        await using var host = await GatewayHost.StartAsync(cluster, settings: Keys);
        using var acme = host.Client(AcmeKey);
        foreach (var list in (string[])["customers", "incidents?status=all", "problems", "remediations"])
        {
            var items = (await GatewayHost.GoodAsync(acme.GetAsync("/api/v1/" + list, Cancel))).GetProperty("items");
            Assert.NotEqual(0, items.GetArrayLength());
            Assert.All(items.EnumerateArray(), i => Assert.Equal("acme", i.GetProperty("customer").GetString()));
        }

        foreach (var foreign in (string[])["customers/globex/health", "incidents/globex.i1", "incidents/globex.i1/members",
            "incidents/globex.i1/timeline", "incidents/globex.i1/explain?other=x", "problems/globex.p1",
                "maintenance?customer=globex"])
            await GatewayHost.ProblemAsync(acme.GetAsync("/api/v1/" + foreign, Cancel), HttpStatusCode.NotFound);
        var commands = new[] { "incidents/globex.i1/resolve", "problems/globex.p1/state", "remediations/globex.r1/approve" };
        foreach (var command in commands)
            await GatewayHost.ProblemAsync(
                acme.PostAsync("/api/v1/" + command, Json("{\"version\":1,\"state\":\"open\"}"), Cancel),
                    HttpStatusCode.NotFound);
        var others = await GatewayHost.GoodAsync(acme.GetAsync("/api/v1/incidents?status=all&customer=globex", Cancel));
        Assert.Equal(0, others.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_key_of_one_customer_sees_neither_foreign_resources_nor_messages_nor_the_partitions_counts()
    {
        const string Foreign = Some.DatabaseId + "2";
        cluster.Estate.Resources[Foreign] = Some.Resource("globex");
        await using var host = await GatewayHost.StartAsync(cluster, settings: Keys);
        using var acme = host.Client(AcmeKey);
        await GatewayHost.GoodAsync(acme.GetAsync("/api/v1/resources?id=" + Uri.EscapeDataString(Some.DatabaseId), Cancel));
        await GatewayHost.ProblemAsync(
            acme.GetAsync("/api/v1/resources?id=" + Uri.EscapeDataString(Foreign), Cancel), HttpStatusCode.NotFound);
        var signal = await GatewayHost.GoodAsync(acme.GetAsync($"/api/v1/signals/{Some.At(2)}", Cancel));
        Assert.Equal("transition", signal.GetProperty("fate").GetString());
        Assert.Equal("", signal.GetProperty("payload").GetString());
        Assert.DoesNotContain("ä", signal.GetProperty("payloadText").GetString() ?? "");
        var ledger = await GatewayHost.GoodAsync(acme.GetAsync("/api/v1/ledger", Cancel));
        Assert.Equal(0, ledger.GetProperty("partitions").GetArrayLength());
        Assert.Equal("acme", Assert.Single(ledger.GetProperty("customers").EnumerateArray()).GetProperty("customer").GetString());
    }

    [Fact]
    public async Task With_keys_a_command_is_recorded_under_the_keys_name_whatever_its_body_says()
    {
        cluster.Estate.Incidents["acme.actor"] = Some.Incident("acme.actor");
        await using var host = await GatewayHost.StartAsync(cluster, settings: Keys);
        using var shift = host.Client(OperatorKey);
        var body = Json("{\"version\":3,\"actor\":\"somebody else\",\"commandId\":\"c-17\"}");
        await GatewayHost.GoodAsync(shift.PostAsync("/api/v1/incidents/acme.actor/acknowledge", body, Cancel));
        var command = Assert.Single(cluster.Estate.Commands, c => c.Incident == "acme.actor");
        Assert.Equal(("shift", "c-17"), (command.Actor, command.CommandId));
    }

    [Fact]
    public async Task A_person_signs_in_to_the_page_with_a_key_and_out_again()
    {
        await using var host = await GatewayHost.StartAsync(cluster, settings: Keys);
        using var client = host.Client();
        Assert.Contains("API key", await client.GetStringAsync("/", Cancel));
        var wrong = await client.PostAsync("/sign-in", Form("some-other-key-0123456789"), Cancel);
        Assert.Contains("not known", await wrong.Content.ReadAsStringAsync(Cancel));
        await client.PostAsync("/sign-in", Form(ReaderKey), Cancel);
        Assert.Contains("blazor.web", await client.GetStringAsync("/", Cancel));
        await client.PostAsync("/sign-out", null, Cancel);
        Assert.Contains("API key", await client.GetStringAsync("/", Cancel));
    }

    [Theory]
    [InlineData("Gateway:ApiKeys:0:Key", "short", "Gateway:ApiKeys:0:Key must have at least 16 characters.")]
    [InlineData("Gateway:ApiKeys:0:Name", "", "Gateway:ApiKeys:0:Name is missing")]
    [InlineData("Gateway:ApiKeys:0:Customers:0", "Not A Key", "Gateway:ApiKeys:0:Customers holds what is no customer key")]
    [InlineData("Gateway:ApiKeys:1:Key", OperatorKey, "a key is given twice")]
    [InlineData("Gateway:PageSize", "0", "PageSize")]
    [InlineData("Gateway:BodyBytes", "1", "BodyBytes")]
    [InlineData("Gateway:RequestsPerSecond", "0", "RequestsPerSecond")]
    [InlineData("Gateway:Watchers", "0", "Watchers")]
    [InlineData("Gateway:Ping", "00:00:00", "Ping")]
    public async Task A_wrong_option_stops_the_host_and_names_itself(string key, string value, string named)
    {
        var settings = Keys.Where(k => k.Item1 != key).Append((key, value)).ToArray();
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => GatewayHost.StartAsync(cluster,
            settings: settings));
        Assert.Contains(named, error.Message);
        Assert.DoesNotContain(OperatorKey, error.Message);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static FormUrlEncodedContent Form(string key) => new([KeyValuePair.Create("key", key)]);
}
