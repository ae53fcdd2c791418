using Correlation.Decoding;
using Correlation.Signals;

namespace Correlation.Tests.Decoding.Alerts;

public class AlertIdentityTests
{
    private const string Pod = """{"name":"pod","value":"a"}""";

    [Fact]
    public void A_repeated_alert_has_the_same_key_through_another_action_group() =>
        Assert.Equal(Key(Common("Fired")), Key(Common("Fired").Replace("\"k\":1", "\"k\":2", StringComparison.Ordinal)));

    [Fact]
    public void Fired_and_resolved_of_one_alert_have_different_keys_and_one_instance()
    {
        var fired = Signal(Common("Fired"));
        var resolved = Signal(Common("Resolved"));
        Assert.NotEqual(fired.Dedup, resolved.Dedup);
        Assert.Equal(fired.Detail!.Instance, resolved.Detail!.Instance);
        Assert.Equal(fired.Condition, resolved.Condition);
    }

    [Fact]
    public void The_case_of_an_alert_id_does_not_count() =>
        Assert.Equal(Key(Common("Fired")), Key(Common("Fired").Replace("/alerts/a1", "/ALERTS/A1", StringComparison.Ordinal)));

    [Fact]
    public void The_rule_wide_id_of_the_source_is_never_the_instance()
    {
        var one = Signal(Common("Fired"));
        var next = Signal(Common("Fired").Replace("/alerts/a1", "/alerts/a2", StringComparison.Ordinal));
        Assert.NotEqual(one.Detail!.Instance, next.Detail!.Instance);
        Assert.NotEqual(one.Dedup, next.Dedup);
    }

    [Fact]
    public void A_stateless_alert_that_fires_again_is_another_signal()
    {
        var stateless = Common("Fired").Replace("\"Platform\"", "\"Activity Log - Administrative\"", StringComparison.Ordinal);
        Assert.NotEqual(Key(stateless), Key(stateless.Replace("10:00:00", "10:01:00", StringComparison.Ordinal)));
        Assert.Equal(Key(stateless), Key(stateless));
    }

    [Fact]
    public void The_targets_of_one_alert_have_keys_of_their_own()
    {
        var two = GoldenCases.Decode(With("\"~p/ns/t/x\"", "\"~p/ns/t/x\",\"~p/ns/t/y\""));
        Assert.Equal([0, 1], two.Signals.Select(s => s.Target));
        Assert.NotEqual(two.Signals[0].Dedup, two.Signals[1].Dedup);
    }

    [Fact]
    public void An_event_in_both_of_its_schemas_has_one_key()
    {
        var grid = """
            {"id":"7","topic":"~sub","subject":"~p/ns/t/x","eventType":"A.B","eventTime":"2026-03-01T10:00:00Z","data":{}}
            """;
        var cloud = """
            {"id":"7","source":"~sub","subject":"~p/ns/t/x","type":"A.B","time":"2026-03-01T10:00:00Z","specversion":"1.0"}
            """;
        Assert.Equal(Key(grid), Key(cloud));
    }

    [Fact]
    public void A_Defender_alert_that_was_processed_again_is_another_signal()
    {
        var alert = """
            {"SystemAlertId":"7","AlertType":"T","TimeGenerated":"2026-03-01T10:00:00Z",
            "ProcessingEndTime":"2026-03-01T10:01:00Z","CompromisedEntity":"vm"}
            """;
        Assert.NotEqual(Key(alert), Key(alert.Replace("10:01", "10:02", StringComparison.Ordinal)));
        Assert.Equal(Key(alert), Key(alert.Replace("}", ",\"Added\":1}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Targets_beyond_the_limit_are_rejected_one_by_one()
    {
        var ids = string.Join(',', Enumerable.Range(0, 7).Select(i => $"\"~p/ns/t/x{i}\""));
        var decoded = GoldenCases.Decode(With("\"~p/ns/t/x\"", ids), new DecodingLimits { Targets = 4 });
        Assert.Equal([0, 1, 2, 3], decoded.Signals.Select(s => s.Target));
        Assert.Equal([4, 5, 6], decoded.Rejections.Select(r => r.Target));
        Assert.All(decoded.Rejections, r => Assert.Equal(RejectReason.TooManyTargets, r.Reason));
    }

    [Fact]
    public void A_target_that_is_no_id_is_rejected_alone()
    {
        var decoded = GoldenCases.Decode(With("\"~p/ns/t/x\"", "\"a\\u0000b\",\"~p/ns/t/x\""));
        Assert.Equal(1, Assert.Single(decoded.Signals).Target);
        var rejection = Assert.Single(decoded.Rejections);
        Assert.Equal((0, RejectReason.NoResource), (rejection.Target, rejection.Reason));
    }

    [Fact]
    public void Texts_and_lists_are_bounded()
    {
        var ids = Enumerable.Range(0, 500).Select(i => $$"""{"name":"d{{i}}","value":"~p/ns/t/y{{i}}"}""");
        var tooLong = $"\"{new string('x', 5000)}\"";
        var payload = With(Pod, string.Join(',', ids))
            .Replace("\"R\"", tooLong, StringComparison.Ordinal)
            .Replace("\"d\"", tooLong, StringComparison.Ordinal);
        var detail = Signal(payload).Detail!;
        Assert.Equal(256, detail.Title.Length);
        Assert.Equal(1024, detail.Text!.Length);
        Assert.Equal(16, detail.Linked.Length);
        Assert.Equal(512, Signal(payload).Condition!.Key.Length);
    }

    private static string Common(string state) =>
        $$$"""
        {"schemaId":"azureMonitorCommonAlertSchema","data":{"essentials":{
        "alertId":"~sub/providers/Microsoft.AlertsManagement/alerts/a1","alertRule":"R","severity":"Sev1",
        "monitorCondition":"{{{state}}}","monitoringService":"Platform","alertTargetIDs":["~p/ns/t/x"],
        "originAlertId":"stable","firedDateTime":"2026-03-01T10:00:00Z","description":"d"},"alertContext":{"condition":
        {"allOf":[{"dimensions":[{{{Pod}}}]}]} },"customProperties":{"k":1} } }
        """;

    private static string With(string part, string other) => Common("Fired").Replace(part, other, StringComparison.Ordinal);

    private static Signal Signal(string payload) => Assert.Single(GoldenCases.Decode(payload).Signals);

    private static DedupKey Key(string payload) => Signal(payload).Dedup;
}
