using System.Text;
using Correlation.Contracts;
using Correlation.Grains.Tests.Parking;

namespace Correlation.Grains.Tests.Readers;

/// <summary>What streams hold is read again as it came, at the side of the readers.</summary>
public sealed class MessageLookupTests
{
    private static readonly MessageQuery Everything =
        new(null, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, 100, int.MaxValue);

    [Fact]
    public async Task Every_message_comes_once_with_its_bytes_whatever_the_page()
    {
        await using var cluster = await ParkingCluster.StartAsync();
        string[] sent = ["no json", .. Enumerable.Range(1, 8).Select(i => Alerts.Of(i, i))];
        await cluster.SendAsync(sent);

        var all = await ListAsync(cluster, Everything);
        Assert.Equal(sent.Order(StringComparer.Ordinal), all.Select(Text).Order(StringComparer.Ordinal));
        Assert.All(all, view => Assert.Equal(("live", 1), (view.Stream, view.Epoch)));
        foreach (var small in (MessageQuery[])[Everything with { Most = 2 }, Everything with { Bytes = 1 }])
            Assert.Equal(all.Select(Place), (await ListAsync(cluster, small)).Select(Place));
    }

    [Fact]
    public async Task Only_what_was_stored_in_the_time_asked_for_comes()
    {
        await using var cluster = await ParkingCluster.StartAsync();
        foreach (var i in Enumerable.Range(1, 6)) await cluster.SendAsync(Alerts.Of(i, i));
        var times = (await ListAsync(cluster, Everything)).Select(view => view.LogTime).Order().ToList();
        var (since, until) = (times[1], times[^1]);

        var some = await ListAsync(cluster, Everything with { Since = since, Until = until });

        Assert.Equal(
            times.Where(time => time >= since && time < until), some.Select(view => view.LogTime).Order());
        Assert.Empty(await ListAsync(cluster, Everything with { Since = until.AddTicks(1) }));
        Assert.Empty((await cluster.Grains.GetGrain<IReaderGrain>("nothing/0").Messages(Everything)).Items);
    }

    private static async Task<List<MessageView>> ListAsync(ParkingCluster cluster, MessageQuery query)
    {
        var found = new List<MessageView>();
        foreach (var partition in (string[])["live/0", "live/1"])
        {
            var ask = query;
            for (var pages = 0; pages < 100; pages++)
            {
                var page = await cluster.Grains.GetGrain<IReaderGrain>(partition).Messages(ask);
                Assert.InRange(page.Items.Length, 0, query.Most);
                found.AddRange(page.Items);
                if (page.Next is null) break;
                ask = ask with { From = page.Next };
            }
        }

        return found;
    }

    private static string Text(MessageView view) => Encoding.UTF8.GetString(view.Body);

    private static (int, long) Place(MessageView view) => (view.Partition, view.Offset);
}
