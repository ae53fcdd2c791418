using System.Net;
using System.Text;
using System.Text.Json;
using Correlation.Contracts;
using Correlation.Gateway.Tests.Fakes;

namespace Correlation.Gateway.Tests;

public sealed class MessagesApiTests(Cluster cluster) : IAsyncLifetime
{
    private const string All = "all-reader-key-01234567890";
    private const string Acme = "acme-operator-key-0123456789";

    private static readonly (string, string)[] Keys =
    [
        ("Gateway:ApiKeys:0:Key", All), ("Gateway:ApiKeys:0:Name", "board"), ("Gateway:ApiKeys:0:Customers:0", "*"),
        ("Gateway:ApiKeys:1:Key", Acme), ("Gateway:ApiKeys:1:Name", "acme-desk"), ("Gateway:ApiKeys:1:Customers:0", "acme"),
        ("Gateway:ApiKeys:1:Role", "operator"),
    ];

    private GatewayHost host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        cluster.Estate.Messages.Clear();
        foreach (var (partition, offset, hours) in ((int, long, int)[])[(0, 4, 0), (0, 5, 1), (0, 6, 2), (1, 9, 1)])
        {
            cluster.Estate.Messages.Add(new MessageView(
                "live", 2, partition, offset, Some.Noon.AddHours(hours), Encoding.UTF8.GetBytes($"é {offset}")));
        }

        host = await GatewayHost.StartAsync(cluster, settings: Keys);
    }

    public ValueTask DisposeAsync()
    {
        cluster.Estate.Messages.Clear();
        return host.DisposeAsync();
    }

    [Fact]
    public async Task What_the_streams_hold_comes_as_it_came_page_by_page()
    {
        var found = new List<JsonElement>();
        var since = Uri.EscapeDataString($"{Some.Noon:o}");
        var until = Uri.EscapeDataString($"{Some.Noon.AddHours(2):o}");
        var cursor = "";
        var pages = 0;
        do
        {
            var page = await GatewayHost.GoodAsync(host.Client(All).GetAsync(
                $"/api/v1/messages?since={since}&until={until}&limit=1{cursor}", Cancel));
            found.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("next").GetString() is { } next ? $"&cursor={next}" : "";
            pages++;
        }
        while (cursor.Length > 0);

        Assert.Equal(3, pages);
        Assert.Equal([(0, 4L), (0, 5L), (1, 9L)], found.Select(
            item => (item.GetProperty("partition").GetInt32(), item.GetProperty("offset").GetInt64())));
        Assert.All(found, item => Assert.Equal(("live", 2), (
            item.GetProperty("stream").GetString(), item.GetProperty("epoch").GetInt32())));
        Assert.Equal("é 4", Encoding.UTF8.GetString(found[0].GetProperty("body").GetBytesFromBase64()));
        Assert.Equal(Some.Noon, found[0].GetProperty("logTime").GetDateTimeOffset());
    }

    [Theory]
    [InlineData(Acme, "?since=2026-01-01", HttpStatusCode.Forbidden)]
    [InlineData(All, "", HttpStatusCode.BadRequest)]
    [InlineData(All, "?since=soon", HttpStatusCode.BadRequest)]
    [InlineData(All, "?since=2026-01-01&limit=501", HttpStatusCode.BadRequest)]
    [InlineData(All, "?since=2026-01-01&cursor=Mg", HttpStatusCode.BadRequest)]
    [InlineData("", "?since=2026-01-01", HttpStatusCode.Unauthorized)]
    public async Task What_is_wrong_or_not_allowed_is_refused(string key, string query, HttpStatusCode status)
    {
        using var client = key.Length > 0 ? host.Client(key) : host.Client();
        await GatewayHost.ProblemAsync(client.GetAsync("/api/v1/messages" + query, Cancel), status);
    }
}
