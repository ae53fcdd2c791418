using Correlation.Detection;

namespace Correlation.Tests.Detection;

public sealed class MetricDetectorTests
{
    private readonly MetricDetector _detector = new(new DetectorOptions());

    [Fact]
    public void Nothing_is_unusual_while_little_is_known()
    {
        for (var i = 0; i < new DetectorOptions().MinValues; i++) Assert.Equal(default, _detector.Observe(i % 2 * 1e6));
    }

    [Fact]
    public void A_level_that_stays_off_opens_once_and_closes_once()
    {
        Usual(40);

        Assert.Equal(MetricStep.None, _detector.Observe(90).Step);
        Assert.Equal(MetricStep.Opened, _detector.Observe(90).Step);
        Assert.True(_detector.IsOpen);
        Assert.Equal(MetricStep.None, _detector.Observe(90).Step);
        Assert.Equal(MetricStep.None, _detector.Observe(10).Step);
        Assert.Equal(MetricStep.Closed, _detector.Observe(10).Step);
        Assert.False(_detector.IsOpen);
    }

    [Fact]
    public void One_odd_value_is_no_anomaly()
    {
        Usual(40);

        Assert.True(_detector.Observe(90).Score >= new DetectorOptions().Open);
        Assert.Equal(MetricStep.None, _detector.Observe(10).Step);
        Assert.Equal(MetricStep.None, _detector.Observe(90).Step);
    }

    [Fact]
    public void A_fall_is_unusual_as_a_rise_is()
    {
        Usual(40);

        var (low, high) = (_detector.Observe(-20), _detector.Observe(40));

        Assert.False(low.Up);
        Assert.True(high.Up);
        Assert.True(low.Score > 8 && high.Score > 8);
    }

    [Fact]
    public void What_jumps_often_is_not_unusual_when_it_jumps()
    {
        for (var i = 0; i < 60; i++) _detector.Observe(i % 5 == 0 ? 100 : 0);

        Assert.True(_detector.Observe(100).Score < new DetectorOptions().Open);
    }

    [Fact]
    public void What_never_changed_and_changes_has_the_largest_score()
    {
        for (var i = 0; i < 30; i++) _detector.Observe(0);

        Assert.Equal(MetricDetector.MaxScore, _detector.Observe(0.001).Score);
        Assert.Equal(0, _detector.Observe(0).Score);
    }

    [Fact]
    public void A_new_level_becomes_usual()
    {
        Usual(60);
        for (var i = 0; i < 60; i++) _detector.Observe(90 + (i % 3));

        Assert.False(_detector.IsOpen);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void No_number_changes_nothing(double value)
    {
        Usual(40);
        _detector.Observe(90);

        Assert.Equal(default, _detector.Observe(value));
        Assert.Equal(MetricStep.Opened, _detector.Observe(90).Step);
    }

    private void Usual(int count)
    {
        for (var i = 0; i < count; i++) _detector.Observe(10 + (i % 3));
    }
}
