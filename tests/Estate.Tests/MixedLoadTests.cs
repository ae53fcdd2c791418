using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Correlation.Estate.Tests;

public sealed class MixedLoadTests
{
    private static readonly MixedLoadOptions Options = new() { Resources = 2_000, Customers = 7, Records = 60_000 };
    private static readonly List<LoadMessage> Messages = [.. MixedLoad.Messages(Options)];

    [Fact]
    public void The_shares_of_the_records_are_70_25_4_and_1_per_cent()
    {
        Assert.Equal(Options.Records, Messages.Sum(m => (long)m.Records));
        Assert.Equal(0.70, Share(LoadFamily.Metric), 0.01);
        Assert.Equal(0.25, Share(LoadFamily.Log), 0.01);
        Assert.Equal(0.04, Share(LoadFamily.Activity), 0.002);
        Assert.Equal(0.01, Share(LoadFamily.Alert), 0.002);
    }

    [Fact]
    public void Every_message_is_JSON_with_as_many_records_as_it_says()
    {
        Assert.All(Messages, message =>
        {
            using var json = JsonDocument.Parse(message.Body);
            var count = message.Family == LoadFamily.Alert ? 1 : json.RootElement.GetProperty("records").GetArrayLength();
            Assert.Equal(message.Records, count);
            Assert.Equal(message.Family == LoadFamily.Alert, json.RootElement.TryGetProperty("data", out _));
        });
    }

    [Fact]
    public void Messages_are_of_the_sizes_that_Azure_sends()
    {
        Assert.All(Messages, m => Assert.InRange(m.Body.Length, 300, 256 * 1024));
        Assert.InRange(Messages.Where(m => m.Family != LoadFamily.Alert).Average(m => m.Body.Length), 20_000, 120_000);
    }

    [Fact]
    public void Log_times_rise_and_event_times_come_before_them()
    {
        Assert.All(Messages.Zip(Messages.Skip(1)), pair => Assert.True(pair.First.LogTime <= pair.Second.LogTime));
        Assert.All(Messages.Where(m => m.Family != LoadFamily.Alert), message =>
        {
            using var json = JsonDocument.Parse(message.Body);
            foreach (var record in json.RootElement.GetProperty("records").EnumerateArray())
            {
                var time = record.GetProperty("time").GetDateTimeOffset();
                Assert.InRange(message.LogTime - time, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(20));
            }
        });
    }

    [Fact]
    public void No_metric_value_comes_twice()
    {
        HashSet<(string, string, string)> seen = [];
        foreach (var message in Messages.Where(m => m.Family == LoadFamily.Metric))
        {
            using var json = JsonDocument.Parse(message.Body);
            foreach (var r in json.RootElement.GetProperty("records").EnumerateArray())
            {
                Assert.True(seen.Add((Text(r, "resourceId"), Text(r, "metricName"), Text(r, "time"))));
            }
        }
    }

    [Fact]
    public void Alerts_resolve_what_fired()
    {
        HashSet<string> open = [];
        foreach (var message in Messages.Where(m => m.Family == LoadFamily.Alert))
        {
            using var json = JsonDocument.Parse(message.Body);
            var essentials = json.RootElement.GetProperty("data").GetProperty("essentials");
            var id = Text(essentials, "alertId");
            Assert.True(Text(essentials, "monitorCondition") == "Fired" ? open.Add(id) : open.Remove(id));
        }

        Assert.InRange(open.Count, 1, 40);
    }

    [Fact]
    public void Every_customer_has_a_subscription_of_its_own_and_resources_of_many_kinds()
    {
        var ids = Messages.Where(m => m.Family == LoadFamily.Metric).SelectMany(Ids).Distinct().ToList();

        Assert.Equal(Options.Resources, ids.Count);
        Assert.Equal(Options.Customers, ids.Select(id => id.Split('/')[2]).Distinct().Count());
        Assert.Equal(5, ids.Select(id => id.Split('/')[6]).Distinct().Count());
    }

    [Fact]
    public void One_seed_gives_the_same_bytes_each_time() =>
        Assert.All(
            MixedLoad.Messages(Options).Zip(Messages),
            pair =>
            {
                Assert.Equal(pair.Second.LogTime, pair.First.LogTime);
                Assert.True(pair.Second.Body.AsSpan().SequenceEqual(pair.First.Body));
            });

    [Fact]
    public void A_million_resources_need_no_model_of_them() =>
        Assert.NotEmpty(MixedLoad.Messages(Options with { Resources = 1_000_000, Customers = 2_000, Records = 1_000 }));

    [Theory]
    [InlineData(30_000, 1, "PT1S")]
    [InlineData(100, 60, "PT1M")]
    public void A_rate_is_kept_by_log_times_and_values_come_as_often_as_it_needs(double rate, int grain, string text)
    {
        var options = Options with { Rate = rate };
        var messages = MixedLoad.Messages(options).ToList();

        Assert.Equal(Options.Records / rate, (messages[^1].LogTime - messages[0].LogTime).TotalSeconds, 4 + (500 / rate));
        var values = messages.Where(m => m.Family == LoadFamily.Metric).SelectMany(Values).ToList();
        Assert.Equal(values.Count, values.Distinct().Count());
        Assert.All(values, value => Assert.Equal(text, value.Grain));
        if (rate < 1_000)
            Assert.All(values, value => Assert.Equal(0, DateTimeOffset.Parse(value.Time).ToUnixTimeSeconds() % grain));
    }

    [Fact]
    public void Parts_of_one_load_have_equal_resources_and_other_records()
    {
        var other = MixedLoad.Messages(Options with { Part = 1 }).ToList();
        var ids = other.Where(m => m.Family == LoadFamily.Metric).SelectMany(Ids).Distinct().Order();

        Assert.Equal(Messages.Where(m => m.Family == LoadFamily.Metric).SelectMany(Ids).Distinct().Order(), ids);
        Assert.Empty(AlertIds(other).Intersect(AlertIds(Messages)));
    }

    [Fact]
    public void One_value_of_each_resource_is_of_none_of_the_load()
    {
        var each = MixedLoad.OfEach(Options).SelectMany(Values).ToList();

        Assert.Equal(Options.Resources, each.Select(value => value.Id).Distinct().Count());
        Assert.Equal(Options.Resources, each.Count);
        Assert.Empty(each.Intersect(Messages.Where(m => m.Family == LoadFamily.Metric).SelectMany(Values)));
    }

    [Fact]
    public void Options_out_of_range_are_refused() =>
        Assert.Throws<ValidationException>(() => MixedLoad.Messages(Options with { Resources = 0 }));

    private static double Share(LoadFamily family) =>
        (double)Messages.Where(m => m.Family == family).Sum(m => (long)m.Records) / Options.Records;

    private static List<(string Id, string Metric, string Time, string Grain)> Values(LoadMessage message)
    {
        using var json = JsonDocument.Parse(message.Body);
        return [.. json.RootElement.GetProperty("records").EnumerateArray()
            .Select(r => (Text(r, "resourceId"), Text(r, "metricName"), Text(r, "time"), Text(r, "timeGrain")))];
    }

    private static HashSet<string> AlertIds(IEnumerable<LoadMessage> messages) =>
        [.. messages.Where(m => m.Family == LoadFamily.Alert).Select(message =>
        {
            using var json = JsonDocument.Parse(message.Body);
            return Text(json.RootElement.GetProperty("data").GetProperty("essentials"), "alertId");
        })];

    private static List<string> Ids(LoadMessage message)
    {
        using var json = JsonDocument.Parse(message.Body);
        return [.. json.RootElement.GetProperty("records").EnumerateArray().Select(r => Text(r, "resourceId"))];
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
