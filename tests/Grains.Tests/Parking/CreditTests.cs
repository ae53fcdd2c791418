using Correlation.Contracts;
using Correlation.Delivery;
using Correlation.Grains.Readers;
using Microsoft.Extensions.DependencyInjection;

namespace Correlation.Grains.Tests.Parking;

/// <summary>One customer that sends many times what the others do, in a backlog that a silo finds when it starts.</summary>
public sealed class CreditTests
{
    private const int Resources = 40;
    private static readonly DateTimeOffset At = DateTimeOffset.UtcNow.AddMinutes(-2);

    [Fact]
    public async Task A_customer_over_its_credit_is_parked_shown_and_drained_and_the_others_are_not()
    {
        await using var cluster = await ParkingCluster.StartAsync();
        cluster.Services = services => services.Configure<CreditOptions>(
            options => (options.Signals, options.LateFor) = (Resources, TimeSpan.Zero));
        cluster.Lanes.Interrupts = true;
        await cluster.RestartAsync(Backlog());
        await cluster.PassedAsync();

        Assert.Equal(
            new SignalLedger { Messages = 1, Records = 46, Signals = 46, Transition = 6, Parked = 40 },
            await cluster.SignalsAsync());
        var lanes = await cluster.Parking.Lanes();
        Assert.Equal(Resources, lanes.Length);
        Assert.All(lanes, lane => Assert.Equal(("sub-flood", 1L), (lane.Customer, lane.Waiting)));
        Assert.All(lanes, lane => Assert.StartsWith("over its customer's credit", lane.Reason, StringComparison.Ordinal));

        cluster.Lanes.Interrupts = false;
        await cluster.UntilAsync(async () => (await cluster.BooksAsync()).Waiting == 0);
        Assert.Equal(new ParkingLedger { Parked = 40, Transition = 40 }, await cluster.BooksAsync());
        for (var number = 0; number < Resources; number++)
        {
            var view = await cluster.Grains.GetGrain<IResourceGrain>(ResourceOf("flood", number)).Inspect();
            Assert.Equal(1, view!.SignalCount);
            Assert.True(Assert.Single(view.Conditions).Open);
        }
    }

    [Fact]
    public async Task In_a_storm_repeats_are_shed_and_booked_so_and_every_condition_is_still_known()
    {
        await using var cluster = await ParkingCluster.StartAsync();
        cluster.Services = services => services
            .Configure<ReaderOptions>(options => (options.BatchMessages, options.BatchesOutstanding) = (1, 1))
            .Configure<CreditOptions>(options =>
            {
                (options.Signals, options.LateFor) = (Resources, TimeSpan.Zero);
                (options.WaitingBeforeShedding, options.SampleOneIn) = (1, 1_000_000);
            });
        cluster.Lanes.Interrupts = true;
        await cluster.RestartAsync(Backlog(), Backlog(), Backlog(), Backlog());
        await cluster.PassedAsync();
        cluster.Lanes.Interrupts = false;
        await cluster.UntilAsync(async () => (await cluster.BooksAsync()).Waiting == 0);

        var (signals, books) = (await cluster.SignalsAsync(), await cluster.BooksAsync());
        Assert.True(signals.Balances && books.Balances);
        Assert.Equal(4 * 46, signals.Signals);
        Assert.Equal(signals.Parked, books.Drained);

        // Two readers may both keep the first that they see; of what follows one repeat is kept.
        Assert.InRange(signals.Shed, 2 * Resources - 1, 3 * Resources);
        for (var number = 0; number < Resources; number++)
        {
            var view = await cluster.Grains.GetGrain<IResourceGrain>(ResourceOf("flood", number)).Inspect();
            Assert.True(Assert.Single(view!.Conditions).Open);
        }
    }

    /// <summary>Forty alerts of one customer and one of each of six others, in one message.</summary>
    private static string Backlog() => $"[{string.Join(',', Enumerable.Range(0, Resources).Select(number => Of("flood", number))
        .Concat(Enumerable.Range(0, 6).Select(number => Of($"calm{number}", number))))}]";

    private static string ResourceOf(string subscription, int number) =>
        $"/subscriptions/{subscription}/resourcegroups/rg/providers/microsoft.compute/virtualmachines/vm{number}";

    private static string Of(string subscription, int number) => $$$"""
        {"schemaId":"azureMonitorCommonAlertSchema","data":{"essentials":{
        "alertId":"/subscriptions/{{{subscription}}}/providers/Microsoft.AlertsManagement/alerts/a{{{number}}}",
        "alertRule":"cpu","severity":"Sev1","signalType":"Metric","monitorCondition":"Fired","monitoringService":"Platform",
        "alertTargetIDs":["{{{ResourceOf(subscription, number)}}}"],"originAlertId":"o{{{number}}}",
        "firedDateTime":"{{{At.ToString("O")}}}","essentialsVersion":"1.0","alertContextVersion":"1.0"},"alertContext":{} } }
        """;
}
