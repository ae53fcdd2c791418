namespace Correlation.Estate.Tests;

public sealed class TotalsTests
{
    private static readonly Truth Truth = Days.Demo.Truth;
    private static readonly List<WireRecord> Records = [.. Wire.Records(Days.Demo)];

    [Fact]
    public void The_messages_are_in_order_and_within_the_hours()
    {
        var times = Days.Demo.Messages.Select(m => m.AtSeconds).ToList();

        Assert.Equal(times.Order(), times);
        Assert.InRange(times[0], -48 * 3600, 0);
        Assert.InRange(times[^1], -48 * 3600, 0);
        Assert.Equal(Truth.Counts.Messages, times.Count);
    }

    [Fact]
    public void The_counts_are_those_of_the_messages()
    {
        // Good siblings in a body that is no JSON as a whole are the only records that a plain parser cannot find.
        var hidden = Truth.Malformed.Count(m => m.Record == 1 && Wire.Parse(Days.Demo.Messages[m.Message].TokenBody) is null) * 2;

        Assert.Equal(Truth.Counts.Metrics, Records.Count(r => r.Family == "metric"));
        Assert.Equal(Truth.Counts.Activity, Records.Count(r => r.Family == "activity"));
        Assert.Equal(Truth.Counts.Alerts, Records.Count(r => r.Family == "alert"));
        Assert.Equal(Truth.Counts.Logs, Records.Count(r => r.Family == "log") + hidden);
        Assert.Equal(Truth.Counts.Records, Records.Count + hidden + Truth.Counts.Malformed);
        Assert.InRange(Truth.Counts.Records, 20_000, 60_000);
    }

    [Fact]
    public void Every_message_is_JSON_but_the_planted_malformed()
    {
        var malformed = Truth.Malformed.Select(m => m.Message).ToHashSet();

        Assert.Equal(12, malformed.Count);
        Assert.All(
            Days.Demo.Messages.Where((_, i) => !malformed.Contains(i)),
            m => Assert.NotNull(Wire.Parse(m.TokenBody)));
    }

    [Fact]
    public void Exactly_the_records_that_are_late_are_labelled_late()
    {
        var late = Records.Where(r => r.Behind > 1800).Select(r => new RecordMark(r.Message, r.Record)).ToList();

        Assert.NotEmpty(late);
        Assert.Equal(late, Truth.Late);
        Assert.Equal(Truth.Counts.Late, late.Count);
    }

    [Fact]
    public void Exactly_the_records_ahead_of_their_log_time_are_labelled_ahead()
    {
        var ahead = Records.Where(r => r.Behind < -300).Select(r => new RecordMark(r.Message, r.Record)).ToList();

        Assert.NotEmpty(ahead);
        Assert.Equal(ahead, Truth.Ahead);
    }

    [Fact]
    public void Exactly_the_repeated_messages_are_labelled_duplicates()
    {
        HashSet<string> seen = [];
        List<int> repeated = [];
        foreach (var (message, index) in Days.Demo.Messages.Select((m, i) => (m, i)))
        {
            if (!seen.Add(message.TokenBody)) { repeated.Add(index); }
        }

        Assert.Equal(repeated, Truth.Duplicates.Select(d => d.Message).Distinct());
        Assert.InRange(Truth.Counts.Duplicates, Truth.Counts.Records / 100, Truth.Counts.Records / 20);
    }

    [Fact]
    public void Some_resolved_messages_overtake_their_fired_ones()
    {
        HashSet<string> resolved = [];
        var overtaken = 0;
        foreach (var alert in Records.Where(r => r.Family == "alert"))
        {
            var essentials = alert.Json.GetProperty("data").GetProperty("essentials");
            var id = essentials.GetProperty("alertId").GetString()!;
            if (essentials.GetProperty("monitorCondition").GetString() == "Resolved") { resolved.Add(id); }
            else if (resolved.Contains(id)) { overtaken++; }
        }

        Assert.InRange(overtaken, 5, 60);
    }
}
