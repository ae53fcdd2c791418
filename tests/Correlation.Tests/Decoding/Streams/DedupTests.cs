using Correlation.Signals;
using static Correlation.Tests.Decoding.Streams.Some;

namespace Correlation.Tests.Decoding.Streams;

public class DedupTests
{
    [Fact]
    public void A_repeated_metric_has_the_key_of_the_first_whatever_its_spelling()
    {
        var first = KeyOf(Metric("/SUBSCRIPTIONS/S1/RESOURCEGROUPS/RG1/PROVIDERS/N/T/A"));
        Assert.Equal(first, KeyOf(Metric("~p/n/t/a", time: "2026-03-01T10:00:00.0000000+00:00")));
        Assert.Equal(first, KeyOf($$"""{"records":[{{Metric("~p/n/t/a")}}]}"""));
    }

    [Fact]
    public void Another_resource_name_or_time_is_another_metric()
    {
        DedupKey[] keys =
        [
            KeyOf(Metric()), KeyOf(Metric("~p/n/t/b")), KeyOf(Metric(name: "Cpu")), KeyOf(Metric(time: "2026-03-01T10:01:00Z")),
            KeyOf(Metric().Replace("PT1M", "PT5M", StringComparison.Ordinal)),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void Digits_beyond_100_ns_do_not_make_a_repetition_another()
    {
        Assert.Equal(
            KeyOf(Metric(time: "2026-03-01T10:00:00.535404056Z")),
            KeyOf(Metric(time: "2026-03-01T10:00:00.535404099Z")));
    }

    [Fact]
    public void An_activity_log_entry_is_known_by_its_event_id_and_else_by_what_it_says()
    {
        var plain = Entry("\"resultType\":\"Start\"");
        Assert.Equal(KeyOf(plain), KeyOf(plain.Replace("\"level\":\"x\"", "\"level\":\"y\"", StringComparison.Ordinal)));
        Assert.NotEqual(KeyOf(plain), KeyOf(Entry("\"resultType\":\"Success\"")));
        var known = Entry("\"eventDataId\":\"e-1\",\"resultType\":\"Start\"");
        Assert.Equal(KeyOf(known), KeyOf(Entry("\"eventDataId\":\"e-1\",\"resultType\":\"Active\"")));
        Assert.NotEqual(KeyOf(known), KeyOf(plain));
    }

    [Fact]
    public void A_row_is_known_by_its_item_and_a_log_by_its_bytes()
    {
        var row = Row("1", "a");
        Assert.Equal(KeyOf(row), KeyOf(Row("1", "b")));
        Assert.NotEqual(KeyOf(row), KeyOf(Row("2", "a")));
        Assert.Equal(KeyOf(Log("~p/n/t/a")), KeyOf(Log("~p/n/t/a")));
        Assert.NotEqual(KeyOf(Log("~p/n/t/a")), KeyOf(Log("~p/n/t/a", "D")));
    }

    private static string Row(string item, string message) =>
        $$"""
        {"TimeGenerated":"2026-03-01T10:00:00Z","Type":"Syslog","_ResourceId":"r","_ItemId":"{{item}}","Message":"{{message}}"}
        """;

    private static string Entry(string more) =>
        $$"""
        {"time":"2026-03-01T10:00:00Z","resourceId":"r","category":"Administrative","operationName":"a/write",
        "correlationId":"c","level":"x",{{more}}}
        """;

    private static DedupKey KeyOf(string payload) => Assert.Single(Decode(payload).Signals).Dedup;
}
