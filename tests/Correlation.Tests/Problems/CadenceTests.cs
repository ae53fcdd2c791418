using Correlation.Problems;

namespace Correlation.Tests.Problems;

public sealed class CadenceTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void Three_nights_at_the_same_local_time_are_daily() =>
        Assert.Equal("daily about 02:10 (Europe/Berlin)", Find("2026-02-02T01:10Z", "2026-02-03T01:14Z",
            "2026-02-04T01:08Z").Text);

    [Fact]
    public void Two_nights_are_only_perhaps_daily()
    {
        var cadence = Find("2026-02-02T01:10Z", "2026-02-03T01:10Z");

        Assert.True(cadence.Tentative);
        Assert.Equal("perhaps daily about 02:10 (Europe/Berlin)", cadence.Text);
    }

    [Fact]
    public void A_job_by_the_wall_clock_stays_daily_over_the_change_to_summer_time() =>
        Assert.Equal(
            "daily about 04:10 (Europe/Berlin)",
            Find("2026-03-27T03:10Z", "2026-03-28T03:10Z", "2026-03-29T02:10Z", "2026-03-30T02:10Z").Text);

    [Fact]
    public void A_job_by_utc_is_said_to_run_by_utc_where_summer_time_shows_it() =>
        Assert.Equal(
            "daily about 03:10 (UTC)",
            Find("2026-03-26T03:10Z", "2026-03-27T03:10Z", "2026-03-28T03:10Z", "2026-03-29T03:10Z", "2026-03-30T03:10Z",
                "2026-03-31T03:10Z").Text);

    [Fact]
    public void A_missed_night_does_no_harm() =>
        Assert.Equal(
            CadenceKind.Daily,
            Find("2026-02-02T01:10Z", "2026-02-03T01:10Z", "2026-02-05T01:10Z", "2026-02-06T01:10Z").Kind);

    [Fact]
    public void Times_about_midnight_are_one_rhythm() =>
        Assert.Equal(
            CadenceKind.Daily,
            Find("2026-02-02T22:58Z", "2026-02-03T23:05Z", "2026-02-04T22:55Z", "2026-02-05T23:02Z").Kind);

    [Fact]
    public void The_same_day_of_three_weeks_is_weekly() =>
        Assert.Equal(
            "weekly on Monday about 02:10 (Europe/Berlin)",
            Find("2026-02-02T01:10Z", "2026-02-09T01:10Z", "2026-02-16T01:15Z").Text);

    [Fact]
    public void Every_hour_is_hourly() =>
        Assert.Equal("hourly about minute 10", Find("2026-02-02T01:10Z", "2026-02-02T02:11Z", "2026-02-02T03:10Z").Text);

    [Fact]
    public void Every_six_hours_is_said_so()
    {
        var cadence = Find("2026-02-02T00:10Z", "2026-02-02T06:10Z", "2026-02-02T12:10Z", "2026-02-02T18:11Z");

        Assert.Equal("every 6 hours about minute 10", cadence.Text);
        Assert.Equal(TimeSpan.FromHours(6), cadence.Period);
    }

    [Fact]
    public void Without_a_rhythm_the_usual_gap_is_the_period()
    {
        var cadence = Find("2026-02-02T01:10Z", "2026-02-03T05:40Z", "2026-02-07T19:22Z");

        Assert.Equal(CadenceKind.None, cadence.Kind);
        Assert.Equal("", cadence.Text);
        Assert.True(cadence.Period > TimeSpan.FromDays(1));
    }

    [Fact]
    public void One_occurrence_has_no_rhythm() => Assert.Equal(TimeSpan.Zero, Find("2026-02-02T01:10Z").Period);

    private static Cadence Find(params string[] times) =>
        Cadence.Find(times.Select(time => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture)), Berlin);
}
