using Correlation.Delivery;

namespace Correlation.Tests.Delivery;

public sealed class FlushLogTests
{
    private readonly FlushLog _log = new("here");

    [Fact]
    public void A_flush_settles_once_it_is_written_and_what_its_outboxes_held_is_acknowledged()
    {
        var flush = _log.Close();
        _log.Written(flush, [KeyValuePair.Create("a", 5L)]);
        Assert.Equal(FlushStatus.Pending, StatusOf(flush));
        _log.Acknowledged("a", 6);
        Assert.Equal(FlushStatus.Settled, StatusOf(flush));
    }

    [Fact]
    public void An_acknowledgement_may_come_while_the_flush_is_being_written()
    {
        var flush = _log.Close();
        _log.Acknowledged("a", 6);
        _log.Written(flush, [KeyValuePair.Create("a", 5L)]);
        Assert.Equal(FlushStatus.Settled, StatusOf(flush));
    }

    /// <summary>Found by the simulator (seed 519): two activations of one resource, the older given up, shared one outbox's
    /// numbers; the flush was never settled, and two partitions stood still for ever.</summary>
    [Fact]
    public void What_a_given_up_activation_hears_late_takes_no_acknowledgement_back()
    {
        var flush = _log.Close();
        _log.Acknowledged("a", 22);
        _log.Acknowledged("a", 19);
        _log.Written(flush, [KeyValuePair.Create("a", 21L)]);
        Assert.Equal(FlushStatus.Settled, StatusOf(flush));
    }

    [Fact]
    public void A_loss_takes_every_flush_that_is_not_settled_with_it_and_no_other()
    {
        var settled = _log.Close();
        _log.Written(settled, []);
        var closed = _log.Close();
        var open = _log.Open;
        _log.Lose();
        _log.Written(closed, []);
        Assert.Equal(
            [FlushStatus.Settled, FlushStatus.Lost, FlushStatus.Lost, FlushStatus.Pending],
            new[] { settled, closed, open, _log.Open }.Select(StatusOf));
    }

    [Fact]
    public void A_flush_of_another_silo_or_one_that_was_never_begun_is_no_answer()
    {
        _log.Close();
        foreach (var strange in new FlushId[] { new("there", 1), new("here", 0), new("here", 3) })
        {
            Assert.Throws<DeliveryInvariantException>(() => _log.StatusOf(strange));
        }
    }

    [Fact]
    public void A_flush_is_written_once_and_not_while_it_is_open()
    {
        Assert.Throws<DeliveryInvariantException>(() => _log.Written(_log.Open, []));
        var earlier = _log.Close();
        var flush = _log.Close();
        _log.Written(flush, []);
        Assert.Throws<DeliveryInvariantException>(() => _log.Written(flush, []));
        Assert.Equal(FlushStatus.Pending, StatusOf(flush));
        _log.Written(earlier, []);
        Assert.Equal(FlushStatus.Settled, StatusOf(flush));
    }

    private FlushStatus StatusOf(long flush) => _log.StatusOf(new FlushId("here", flush));
}
