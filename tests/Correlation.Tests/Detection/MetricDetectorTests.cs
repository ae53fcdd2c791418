using Correlation.Detection;
using Correlation.Grouping;

namespace Correlation.Tests.Detection;

public sealed class MetricDetectorTests
{
    private readonly Minutes _minutes = new();

    [Fact]
    public void A_step_opens_one_outbreak_on_its_service_in_its_third_minute()
    {
        _minutes.PlayUsual(200).Play(10, (service, _) => _minutes.Usual(service == 3 ? 900 : 100)).PlayUsual(30);

        var outbreak = Assert.Single(_minutes.Outbreaks);
        Assert.Equal(Minutes.At(202), outbreak.Opened);
        Assert.Equal([Minutes.Service(3)], outbreak.Surprises.Keys);
        var steps = _minutes.Verdicts.SelectMany(verdict => verdict.Steps).Select(step => (step.Change, step.Opens)).ToList();
        Assert.Equal([(AnomalyChange.Opened, true), (AnomalyChange.Closed, false)], steps);
    }

    [Fact]
    public void Noise_alone_opens_nothing_in_a_day()
    {
        _minutes.PlayUsual(1440);

        Assert.Empty(_minutes.Outbreaks);
    }

    [Fact]
    public void Spikes_of_one_or_two_minutes_open_nothing()
    {
        _minutes.PlayUsual(100);
        for (var i = 0; i < 20; i++)
        {
            _minutes.Play(1 + (i % 2), (service, _) => _minutes.Usual(service == i % 8 ? 5000 : 100)).PlayUsual(12);
        }

        Assert.Empty(_minutes.Outbreaks);
    }

    [Fact]
    public void A_drift_over_half_a_day_opens_nothing()
    {
        _minutes.Play(720, (service, minute) => _minutes.Usual(service == 3 ? 100 + (minute / 3.0) : 100));

        Assert.Empty(_minutes.Outbreaks);
    }

    [Fact]
    public void The_times_of_day_of_one_service_open_nothing_and_a_step_on_top_of_them_does()
    {
        double Daily(int minute) => 100 * (1.5 + Math.Sin(2 * Math.PI * minute / 1440));
        _minutes.Play(2880, (service, minute) => _minutes.Usual(service == 3 ? Daily(minute) : 100));
        Assert.Empty(_minutes.Outbreaks);

        _minutes.Play(5, (service, minute) => _minutes.Usual(service == 3 ? 20 * Daily(minute) : 100));

        Assert.Equal(Minutes.Service(3), Assert.Single(_minutes.Outbreaks).Surprises.Keys.Single());
    }

    [Fact]
    public void What_all_services_do_together_opens_nothing_and_what_one_does_besides_opens()
    {
        _minutes.PlayUsual(200).Play(10, (_, _) => _minutes.Usual(900));
        Assert.Empty(_minutes.Outbreaks);

        _minutes.PlayUsual(100).Play(10, (service, _) => _minutes.Usual(service == 3 ? 20_000 : 900));

        Assert.Equal([Minutes.Service(3)], Assert.Single(_minutes.Outbreaks).Surprises.Keys);
    }

    [Fact]
    public void A_constant_series_is_never_off_and_a_step_of_it_is()
    {
        _minutes.Play(200, (_, _) => 0);
        Assert.All(_minutes.Verdicts, verdict => Assert.Empty(verdict.Anomalies));

        _minutes.Play(3, (service, _) => service == 3 ? 5 : 0);

        Assert.Equal(Minutes.At(202), Assert.Single(_minutes.Outbreaks).Opened);
    }

    [Fact]
    public void A_missing_minute_of_the_series_starts_the_count_of_odd_minutes_anew()
    {
        _minutes.PlayUsual(200).Play(12, (service, minute) => service != 3 ? _minutes.Usual() : minute % 3 == 0 ? null : 900);

        Assert.Empty(_minutes.Outbreaks);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(30, 0)]
    public void A_short_pause_of_all_input_goes_on_and_a_long_one_breaks(int pause, int outbreaks)
    {
        _minutes.PlayUsual(200).Play(2, (service, _) => service == 3 ? 900 : _minutes.Usual()).Skip(pause)
            .Play(1, (service, _) => service == 3 ? 900 : _minutes.Usual()).PlayUsual(5);

        Assert.Equal(outbreaks, _minutes.Outbreaks.Count);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void No_number_counts_as_missing_and_spoils_nothing(double value)
    {
        _minutes.PlayUsual(200).Play(5, (service, _) => service == 3 ? value : _minutes.Usual());
        Assert.All(_minutes.Verdicts, verdict => Assert.Empty(verdict.Anomalies));

        _minutes.Play(3, (service, _) => _minutes.Usual(service == 3 ? 900 : 100));

        Assert.Equal(Minutes.At(207), Assert.Single(_minutes.Outbreaks).Opened);
    }

    [Fact]
    public void A_fall_of_what_users_feel_counts_more_than_one_of_load()
    {
        var (load, felt) = (Minutes.Series(0), Minutes.Series(1, indicator: true));
        MinuteVerdict Feed(double value) => _minutes.Observe(new MetricSample(load, value), new MetricSample(felt, value));
        for (var i = 0; i < 200; i++) Feed(_minutes.Usual());
        Feed(30);
        Feed(30);

        var off = Feed(30).Anomalies.ToDictionary(one => one.Series, one => one.Surprise);

        Assert.Equal(off[felt], 2 * off[load], 9);
    }

    [Fact]
    public void A_percentage_near_its_top_is_far_from_a_lower_one_and_a_count_is_not()
    {
        double? Busy(int service, int minute) => service == 3 && minute >= 200 ? 97 : _minutes.Usual(60);
        _minutes.Play(204, Busy);
        Assert.Empty(_minutes.Outbreaks);

        Assert.Single(new Minutes().Play(204, Busy, MetricUnit.Percent).Outbreaks);
    }

    [Fact]
    public void A_new_level_becomes_usual()
    {
        _minutes.PlayUsual(200).Play(200, (service, _) => _minutes.Usual(service == 3 ? 900 : 100));

        Assert.Empty(_minutes.Verdicts[^1].Anomalies);
    }

    [Fact]
    public void A_series_that_often_goes_off_must_go_further_off()
    {
        MinuteVerdict Burst(double level) => _minutes.PlayUsual(20)
            .Play(3, (service, _) => service == 3 ? level : _minutes.Usual()).Verdicts[^1];
        _minutes.PlayUsual(100);
        var first = Assert.Single(Burst(260).Anomalies).Surprise;
        for (var i = 0; i < 10; i++) Burst(260);

        Assert.True(Assert.Single(Burst(260).Anomalies).Surprise < first - 1);
    }

    [Fact]
    public void The_past_alone_decides_and_the_order_within_a_minute_does_not()
    {
        List<string> Run(bool reversed, int until)
        {
            var detector = new MetricDetector(new DetectorSettings());
            var random = new Random(3);
            var said = new List<string>();
            for (var i = 0; i < until; i++)
            {
                var samples = Enumerable.Range(0, 8).Select(service => new MetricSample(
                    Minutes.Series(service), (service == 3 && i % 97 > 90 ? 900 : 100) * (0.8 + random.NextDouble()))).ToList();
                if (reversed) samples.Reverse();
                var verdict = detector.Observe(Minutes.At(i), samples, Topology.Empty);
                said.Add($"{string.Join(',', verdict.Anomalies)} {string.Join(',', verdict.Steps)}");
            }

            return said;
        }

        var whole = Run(reversed: false, 400);

        Assert.Contains(whole, text => text.Length > 1);
        Assert.Equal(whole, Run(reversed: true, 400));
        Assert.Equal(whole.Take(300), Run(reversed: false, 300));
    }

    [Fact]
    public void More_series_than_are_watched_are_passed_over_and_counted()
    {
        var detector = new MetricDetector(new DetectorSettings { MaxSeries = 2 });
        for (var i = 0; i < 10; i++)
        {
            detector.Observe(
                Minutes.At(i), Enumerable.Range(0, 3).Select(one => new MetricSample(Minutes.Series(one), 1)), Topology.Empty);
        }

        Assert.Equal(10, detector.PassedOver);
    }

    [Fact]
    public void Minutes_go_forward()
    {
        var detector = new MetricDetector(new DetectorSettings());
        detector.Observe(Minutes.At(1), [], Topology.Empty);

        Assert.Throws<ArgumentOutOfRangeException>(() => detector.Observe(Minutes.At(1), [], Topology.Empty));
    }
}
