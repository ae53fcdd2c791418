using System.Globalization;
using Correlation.Signals;

namespace Correlation.Tests.Resources;

public sealed class TimeOutTests
{
    private readonly TimeAxis _axis = new();

    [Theory]
    [InlineData(ConditionKind.StatelessAlert, "10:30")]
    [InlineData(ConditionKind.FailedOperation, "10:15")]
    [InlineData(ConditionKind.LogError, "10:15")]
    [InlineData(ConditionKind.Security, "1.10:00")]
    [InlineData(ConditionKind.Alert, "1.10:00")]
    [InlineData(ConditionKind.ResourceHealth, "1.10:00")]
    [InlineData(ConditionKind.ServiceHealth, "3.10:00")]
    public void What_nothing_ends_ends_by_the_time_out_of_its_kind(ConditionKind kind, string end)
    {
        _axis.Pulse("10:00", "some:key", kind).Expect("10:00–open");
        Assert.Equal(TimeAxis.T(end) + _axis.Options.Grace, _axis.Reports[^1].Deadline);
        _axis.Now("6.00:00").ExpectReported("some:key", $"10:00–{end} TimedOut");
    }

    /// <summary>A flood that fell silent was held open for half an hour, and the next was the same symptom.</summary>
    [Fact]
    public void An_alert_that_came_a_hundred_times_at_once_and_fell_silent_has_ended()
    {
        for (var i = 0; i < 100; i++) Burst("10:00:00", i);
        for (var i = 0; i < 100; i++) Burst("10:01:00", i);
        _axis.Now("6.00:00").ExpectReported("alert:burst", "10:00–10:00 TimedOut", "10:01–10:01 TimedOut");
        var ended = _axis.Reports[^1].Symptoms.Select(symptom => symptom.End!.Value - symptom.Signals[^1].EventTime);
        Assert.All(ended, hold => Assert.InRange(hold, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(20)));
        Assert.All(_axis.Reports[^1].Symptoms, symptom => Assert.Equal(100, symptom.SignalCount));
    }

    [Fact]
    public void An_alert_that_comes_every_few_minutes_is_held_as_long_after_the_hundredth_time()
    {
        for (var minute = 0; minute < 400; minute += 4)
            _axis.Pulse(TimeSpan.FromMinutes(600 + minute).ToString(), "alert:regular", ConditionKind.StatelessAlert);
        _axis.Now("6.00:00").ExpectReported("alert:regular", "10:00–17:06 TimedOut");
    }

    [Fact]
    public void An_alert_that_came_a_few_times_at_once_is_held_for_minutes()
    {
        for (var i = 0; i < 5; i++) Burst("10:00:00", i);
        _axis.Now("6.00:00").ExpectReported("alert:burst", "10:00–10:06 TimedOut");
    }

    /// <summary>How fast an alert came is counted over its flaps, which are folded once nothing can come between them.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_folded_is_held_as_what_is_not(bool folded)
    {
        for (var i = 0; i < 5; i++) Burst("10:00:00", i);
        for (var i = 0; i < 5; i++) Burst("10:07:00", i);
        Burst("10:19:00", 0);
        if (folded) _axis.Watermark = TimeAxis.T("10:28");
        Burst("10:28:30", 0);
        var symptom = Assert.Single(_axis.State.Conditions(_axis.Options).Single().Symptoms);
        Assert.Equal(folded ? 3 : 4, _axis.State.Conditions(_axis.Options).Single().Facts);
        Assert.Equal((TimeAxis.T("10:00"), 2, 12), (symptom.Start, symptom.Flaps, symptom.SignalCount));
        Assert.Equal(TimeSpan.FromMinutes(30 * (1 + 9.5) / 12), symptom.ExpectedEnd - TimeAxis.T("10:28:30"));
    }

    private void Burst(string at, int i)
    {
        var time = TimeAxis.T(at).TimeOfDay + TimeSpan.FromMilliseconds(20 * i);
        _axis.Pulse(time.ToString(), "alert:burst", ConditionKind.StatelessAlert);
    }

    [Fact]
    public void A_time_out_is_reported_only_after_its_grace()
    {
        _axis.Pulse("10:00", "log:x", ConditionKind.LogError).Now("10:24").Expect("10:00–open");
        _axis.Now("10:25").Expect("10:00–10:15 TimedOut");
    }

    [Fact]
    public void A_lagging_partition_holds_a_time_out_back()
    {
        _axis.Pulse("10:00", "log:x", ConditionKind.LogError).Now("10:05").NowWithALaggingPartition("11:00").Expect("10:00–open");
        _axis.Now("11:01").ExpectReported("log:x", "10:00–10:15 TimedOut");
    }

    [Fact]
    public void A_repetition_moves_the_deadline_without_a_report_and_the_woken_resource_says_so()
    {
        _axis.Pulse("10:00", "log:x", ConditionKind.LogError).Pulse("10:04", "log:x", ConditionKind.LogError);
        Assert.Equal(Fate.Aggregated, _axis.Last);
        Assert.Single(_axis.Reports);
        _axis.Now("10:25").Expect("10:00–open");
        Assert.Equal(2, _axis.Reports.Count);
        Assert.Equal(TimeAxis.T("10:29"), _axis.Reports[^1].Deadline);
    }

    [Fact]
    public void Of_what_repeats_the_first_beats_are_reported_as_they_come_and_no_more_than_ten()
    {
        var at = TimeAxis.T("10:00");
        string Next(int minutes) => (at += TimeSpan.FromMinutes(minutes)).ToString("HH:mm", CultureInfo.InvariantCulture);
        for (var i = 0; i < 30; i++)
        {
            _axis.Pulse(Next(6), "log:x", ConditionKind.LogError);
            Assert.Equal(i < 10 ? Fate.Transition : Fate.Aggregated, _axis.Last);
        }

        Assert.Equal(10, _axis.Reports.Count);
    }

    [Fact]
    public void A_resource_woken_again_with_nothing_new_reports_nothing()
    {
        _axis.Pulse("10:00", "log:x", ConditionKind.LogError).Now("10:25").Now("10:26");
        Assert.Equal(2, _axis.Reports.Count);
    }

    [Fact]
    public void A_late_repetition_reopens_what_had_timed_out()
    {
        _axis.Pulse("10:00", "log:x", ConditionKind.LogError).Now("10:25").Expect("10:00–10:15 TimedOut");
        _axis.Send(_axis.Make("10:14", SignalRole.Pulse, "log:x", ConditionKind.LogError, "10:26")).Expect("10:00–open");
    }

    [Fact]
    public void An_alert_that_fires_again_within_its_time_out_is_still_open() =>
        _axis.Fired("10:00", instance: "a").Fired("1.09:00", instance: "a").Now("2.08:00").Expect("10:00–open");

    /// <summary>They were one as long as the first was not known to be over, and nobody was woken to hear that it was: what ended
    /// in between was sealed without the second.</summary>
    [Fact]
    public void What_began_after_the_time_out_of_another_instance_is_a_symptom_of_its_own_before_that_has_struck()
    {
        _axis.Fired("10:00", instance: "a").Fired("1.17:00", instance: "b")
            .ExpectReported("alert:rule", "10:00–open", "1.17:00–open");
        Assert.Equal(TimeAxis.T("1.10:10"), _axis.Reports[^1].Deadline);
        _axis.Now("1.18:00").ExpectReported("alert:rule", "10:00–1.10:00 TimedOut", "1.17:00–open");
        Assert.Equal(TimeAxis.T("2.17:10"), _axis.Reports[^1].Deadline);
    }

    [Fact]
    public void A_signal_of_something_else_lets_a_time_out_pass_too()
    {
        _axis.Pulse("10:00", "log:x", ConditionKind.LogError);
        _axis.Watermark = TimeAxis.T("10:30");
        _axis.Fired("11:00").ExpectReported("log:x", "10:00–10:15 TimedOut");
    }

    /// <summary>A recorded day at full speed: nobody wakes the resource between two nights, and one call brings the second whole.
    /// The customer took the first night's symptom for withdrawn and its incident lost it.</summary>
    [Fact]
    public void An_end_that_only_the_first_of_two_reports_of_one_call_told_is_told_by_the_second_too()
    {
        const string operation = "microsoft.automation/automationaccounts/jobs/write";
        var failed = "operation:" + operation;
        _axis.Pulse("10:00", failed, ConditionKind.FailedOperation).ExpectReported(failed, "10:00–open");
        _axis.Watermark = TimeAxis.T("1.09:30");
        _axis.SendTogether(
            _axis.Make("1.10:00", SignalRole.Pulse, failed, ConditionKind.FailedOperation),
            _axis.Change("1.10:02", operation));
        _axis.ExpectReported(failed, "10:00–10:15 TimedOut", "1.10:00–1.10:02 Counterpart");
    }
}
