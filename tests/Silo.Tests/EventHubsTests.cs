using System.Text;
using Correlation.LoadTests.Shared;
using Correlation.Tests.Shared.Kafka;

namespace Correlation.Silo.Tests;

/// <summary>The product on Event Hubs, which is librdkafka's mock cluster here: from the gateway through the hub to an
/// incident.</summary>
public sealed class EventHubsTests : IDisposable
{
    private const string Hub = "signals";
    private const string Resource = "/subscriptions/6f1a2b3c-0000-4000-8000-000000000001/resourceGroups/rg-shop/providers/" +
        "Microsoft.Compute/virtualMachines/vm-shop-1";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly MockCluster _cluster = new();
    private readonly DataFolder _folder = new(DateTimeOffset.UnixEpoch);

    private string[] Arguments =>
    [
        "--Streams:Kind=EventHubs", "--Streams:EventHubs:Authentication=None",
        $"--Streams:EventHubs:Bootstrap={_cluster.Bootstrap}",
        $"--Streams:EventHubs:Hubs:0:Name={Hub}", "--Streams:EventHubs:Hubs:0:Number=3",
    ];

    public void Dispose()
    {
        _folder.Dispose();
        _cluster.Dispose();
    }

    [Fact]
    public async Task A_signal_goes_through_the_hub_into_an_incident_and_a_kill_loses_and_doubles_nothing()
    {
        _cluster.CreateTopic(Hub, 4);
        using (var silo = await SiloProcess.StartAsync(_folder.Path, Arguments))
        {
            await SendAsync(silo, "cpu", 1);
            await silo.UntilAsync(Patience, "there is an incident", async () =>
                (await silo.Api.ListAsync("incidents?status=open")).Count == 1);
            await SendAsync(silo, "memory", 40);
            await silo.KillAsync();
        }

        using var again = await SiloProcess.StartAsync(_folder.Path, Arguments);
        await SendAsync(again, "disk", 9);
        await again.UntilAsync(Patience, "every message has its fate", async () =>
            await again.Api.CountAsync("messages", "eventhubs") == 50);
        var ledger = await again.Api.GetAsync("ledger");
        Assert.True(ledger.GetProperty("balanced").GetBoolean());
        Assert.All(
            ledger.GetProperty("partitions").EnumerateArray().Select(partition => partition.GetProperty("partition").GetInt32()),
            partition => Assert.InRange(partition, 3 * 1024, (3 * 1024) + 3));
        Assert.Single(await again.Api.ListAsync("incidents?status=open"));
        var exitCode = await again.StopAsync();
        Assert.True(exitCode == 0, $"{exitCode}: {again.Output}");
    }

    [Fact]
    public async Task A_hub_that_is_not_there_refuses_the_start_with_its_setting() => StartTests.AssertRefused(
        await SiloProcess.RefusedAsync(_folder.Path, Arguments),
        $"There is no event hub '{Hub}'", "Streams:EventHubs:Hubs:0:Name");

    private static async Task SendAsync(SiloProcess silo, string rule, int alerts)
    {
        using var http = new HttpClient { BaseAddress = new Uri(silo.Address) };
        for (var number = 0; number < alerts; number++)
        {
            var alert = Alerts.Fired(Resource, $"{rule} {number}", Guid.NewGuid(), 1, Alerts.Now);
            using var body = new StringContent(alert, Encoding.UTF8, "application/json");
            (await http.PostAsync("api/v1/signals", body, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        }
    }
}
