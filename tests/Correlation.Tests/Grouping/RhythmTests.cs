using Correlation.Grouping;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Grouping;

/// <summary>How sure it is that two conditions come and go together.</summary>
public sealed class RhythmTests
{
    private static readonly double[] Waves = [0, 17, 30, 52, 68];

    private static double[] Late(double by) => [.. Waves.Select((wave, i) => wave + by + (i % 2 * 0.4))];

    [Fact]
    public void What_comes_three_minutes_after_each_wave_is_in_step_the_surer_the_more_waves_there_are()
    {
        double LiftOf(int waves) => Rhythm.Lift(Of(Waves), Of(Late(3)[..waves]));

        Assert.Equal(0, LiftOf(1));
        Assert.InRange(LiftOf(2), 1, 3);
        Assert.True(LiftOf(3) > LiftOf(2) + 1 && LiftOf(5) > LiftOf(4) + 1 && LiftOf(5) > 6);
    }

    [Fact]
    public void When_it_goes_counts_too_and_may_speak_against()
    {
        var came = Rhythm.Lift(Of(Waves), Of(Late(3)));
        Assert.True(Rhythm.Lift(Of(Waves, Late(6)), Of(Late(3), Late(10))) > came + 4);
        Assert.True(Rhythm.Lift(Of(Waves, Late(6)), Of(Late(3), [5, 30, 40, 62, 90])) < came);
    }

    [Fact]
    public void It_is_the_same_whoever_is_asked_of_whom()
    {
        var (one, other) = (Of(Waves, Late(5)), Of(Late(2)[1..4], Late(9)[1..4]));
        Assert.Equal(Rhythm.Lift(one, other), Rhythm.Lift(other, one));
    }

    [Theory]
    [InlineData(5.0, 25.0, 40.0, 68.0)]
    [InlineData(20.0, 45.0, 67.0, 80.0)]
    [InlineData(100.0, 117.0, 136.0, 148.0)]
    public void What_comes_at_other_times_is_not_in_step(params double[] times) =>
        Assert.Equal(0, Rhythm.Lift(Of(Waves), Of(times)));

    [Fact]
    public void Of_what_a_clock_sets_off_only_the_first_two_beats_tell_anything()
    {
        double[] clock = [0, 15, 30, 45, 60, 75, 90, 105];
        double[] late = [.. clock.Select(time => time + 3)];

        Assert.Equal(Rhythm.Lift(Of(clock[..2]), Of(late[..2])), Rhythm.Lift(Of(clock), Of(late)), 6);
    }

    [Fact]
    public void With_what_comes_all_the_time_nothing_is_in_step()
    {
        double[] noise = [.. Enumerable.Range(0, 40).Select(i => i * 4.0)];

        Assert.Equal(0, Rhythm.Lift(Of(noise), Of(Late(3))));
    }

    [Fact]
    public void What_comes_after_one_of_the_two_may_have_been_sealed_changes_nothing()
    {
        var (one, other) = (Of(Waves) with { To = At(50) }, Of(Late(3)));

        Assert.Equal(Rhythm.Lift(one, Of(Late(3)[..3])), Rhythm.Lift(one, other));
        Assert.Equal(Rhythm.Lift(one, Of([.. Late(3)[..3], 60, 90, 100])), Rhythm.Lift(one, other));
    }

    private static Rhythm Of(double[] came, double[]? went = null) => new(
        DateTimeOffset.MinValue, DateTimeOffset.MaxValue, [.. came.Select(At)], [.. (went ?? []).Select(At)]);
}
