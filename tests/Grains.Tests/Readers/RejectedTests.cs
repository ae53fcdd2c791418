using System.Text;
using Correlation.Contracts;
using Correlation.Decoding;
using Correlation.Delivery;
using Correlation.Grains.Tests.Parking;
using Microsoft.Extensions.DependencyInjection;

namespace Correlation.Grains.Tests.Readers;

public sealed class RejectedTests
{
    private static readonly RejectedQuery Everything = new(default, null, 100, 1_000);

    [Fact]
    public async Task What_was_rejected_is_listed_with_its_reason_then_also_when_it_is_understood_now()
    {
        await using var cluster = await ParkingCluster.StartAsync();
        cluster.Services = services => services.Configure<DecodingLimits>(limits => limits.Records = 1);
        await cluster.RestartAsync();
        await cluster.SendAsync("no json at all", $"[{Alerts.Of(1, 1)},{Alerts.Of(2, 2)}]", Alerts.Of(3, 3), "[]");

        var before = await ListAsync(cluster, Everything);
        Assert.Equal(
            [RejectReason.TooManyRecords, RejectReason.NotJson, RejectReason.Empty],
            before.Select(view => view.Reason).OrderBy(reason => reason switch
            {
                RejectReason.TooManyRecords => 0, RejectReason.NotJson => 1, _ => 2,
            }));
        Assert.All(before, view => Assert.StartsWith($"{view.Reason}: ", view.Detail, StringComparison.Ordinal));
        Assert.DoesNotContain(before, view => view.Understood);
        Assert.Equal((await cluster.SignalsAsync()).Rejected, before.Count);

        cluster.Services = _ => { };
        await cluster.RestartAsync();
        var after = await ListAsync(cluster, Everything);
        Assert.Equal(before.Select(view => (view.Position, view.Reason)), after.Select(view => (view.Position, view.Reason)));
        var understood = Assert.Single(after, view => view.Understood);
        Assert.Equal((RejectReason.TooManyRecords, ""), (understood.Reason, understood.Detail));
    }

    [Fact]
    public async Task A_list_is_bounded_and_goes_on_where_it_ended()
    {
        await using var cluster = await ParkingCluster.StartAsync();
        await cluster.SendAsync([.. Enumerable.Range(0, 6).Select(_ => "[1,2,3]"), Alerts.Of(1, 1)]);
        var all = await ListAsync(cluster, Everything);
        Assert.Equal(18, all.Count);
        Assert.All(all, view => Assert.Equal(
            (RejectReason.NotAnObject, 7, "[1,2,3]"),
            (view.Reason, view.PayloadBytes, Encoding.UTF8.GetString(view.Payload))));

        var paged = await ListAsync(cluster, Everything with { Most = 2, Bytes = 3 });
        Assert.Equal(all.Select(view => view.Position), paged.Select(view => view.Position));
        Assert.All(paged, view => Assert.Equal("[1,"u8.ToArray(), view.Payload));

        var since = all.Max(view => view.LogTime);
        Assert.Equal(
            all.Where(view => view.LogTime >= since).Select(view => view.Position),
            (await ListAsync(cluster, Everything with { Since = since })).Select(view => view.Position));
        Assert.Empty(await ListAsync(cluster, Everything with { Since = since.AddTicks(1) }));
    }

    private static async Task<List<RejectedView>> ListAsync(ParkingCluster cluster, RejectedQuery query)
    {
        var found = new List<RejectedView>();
        foreach (var partition in (string[])["live/0", "live/1"])
        {
            for (SignalSlot? from = default(SignalSlot); from is not null;)
            {
                var page = await cluster.Grains.GetGrain<IReaderGrain>(partition).Rejected(query with { From = from.Value });
                Assert.InRange(page.Items.Length, 0, query.Most);
                found.AddRange(page.Items);
                from = page.Next;
            }
        }

        return found;
    }
}
