using Correlation.LoadTests.Chaos;

namespace Correlation.Estate.Tests;

public sealed class OrphanTests
{
    [Fact]
    public void Its_own_detection_is_what_an_orphan_is_held_against_where_nothing_else_happened()
    {
        var orphan = new Orphan(1, Seconds(6), Seconds(9));

        Assert.Equal(LastMoment.OwnDetection, orphan.Last);
        Assert.Equal(Seconds(3), orphan.BeyondLast);
        Assert.Equal(Seconds(3), orphan.Beyond);
    }

    [Fact]
    public void A_later_detection_of_another_silo_counts_in_the_place_of_its_own()
    {
        var orphan = new Orphan(1, Seconds(6), Seconds(30))
        {
            OthersDetected = [Seconds(25), Seconds(8)],
            Repaired = [Seconds(9)],
        };

        Assert.Equal(LastMoment.OtherDetection, orphan.Last);
        Assert.Equal(Seconds(5), orphan.BeyondLast);
        Assert.Equal(Seconds(24), orphan.Beyond);
    }

    [Fact]
    public void A_repair_counts_even_where_its_own_silo_was_never_called_dead()
    {
        var orphan = new Orphan(1, null, Seconds(30)) { Repaired = [Seconds(12), Seconds(18)] };

        Assert.Equal(LastMoment.Repair, orphan.Last);
        Assert.Equal(Seconds(12), orphan.BeyondLast);
    }

    [Fact]
    public void Where_no_silo_was_left_an_orphan_waits_for_the_first_one()
    {
        var orphan = new Orphan(1, Seconds(6), Seconds(30)) { Repaired = [Seconds(12)], FirstBack = [Seconds(26), Seconds(31)] };

        Assert.Equal(LastMoment.FirstBack, orphan.Last);
        Assert.Equal(Seconds(4), orphan.BeyondLast);
    }

    [Fact]
    public void What_happened_before_the_loss_or_after_it_went_on_does_not_count()
    {
        var orphan = new Orphan(1, Seconds(6), Seconds(9))
        {
            OthersDetected = [Seconds(-1), Seconds(9.5)],
            Repaired = [Seconds(-30), Seconds(40)],
        };

        Assert.Equal(LastMoment.OwnDetection, orphan.Last);
        Assert.Equal(Seconds(3), orphan.BeyondLast);
    }

    [Fact]
    public void An_orphan_that_went_on_before_anything_was_detected_took_no_time_beyond()
    {
        var orphan = new Orphan(1, Seconds(10), Seconds(9)) { OthersDetected = [Seconds(11)] };

        Assert.Equal(LastMoment.None, orphan.Last);
        Assert.Equal(TimeSpan.Zero, orphan.BeyondLast);
        Assert.Equal(TimeSpan.Zero, orphan.Beyond);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
