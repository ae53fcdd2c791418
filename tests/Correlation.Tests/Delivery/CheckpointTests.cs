using Correlation.Delivery;

namespace Correlation.Tests.Delivery;

public sealed class CheckpointTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly Checkpoint Ten = new(2, 10, Noon, Counts(10));

    [Fact]
    public void A_partition_that_nobody_has_read_begins_at_what_it_holds_and_has_lost_nothing()
    {
        var begun = Checkpoint.Begin(7);
        Assert.Equal((1, 7L, 0L), (begun.Epoch, begun.Offset, begun.Ledger.LostMessages));
    }

    [Fact]
    public void What_retention_took_is_booked_as_a_range_and_the_newest_ranges_are_kept()
    {
        var at = Ten;
        for (var i = 1; i <= Checkpoint.RangesMost + 2; i++) at = at.Resume(at.Offset + 3, 1000, null, Noon.AddHours(i));

        Assert.Equal((76L, 66L, 22L), (at.Offset, at.Ledger.LostMessages, at.LostRanges));
        Assert.Equal(Checkpoint.RangesMost, at.Lost.Length);
        Assert.Equal(new LostRange(2, 16, 18, Noon.AddHours(3)), at.Lost[0]);
        Assert.Equal(new LostRange(2, 73, 75, Noon.AddHours(22)), at.Lost[^1]);
        Assert.Equal((Noon.AddHours(22), null), (at.Loss, at.LogTime));
        at.ThrowUnlessFollows(Ten);
    }

    [Fact]
    public void A_row_that_an_older_program_stored_knows_of_no_ranges_and_takes_the_first()
    {
        var old = Ten with { Lost = default };
        Assert.Equal(DateTimeOffset.MinValue, old.Loss);
        Assert.Equal([new LostRange(2, 10, 12, Noon)], old.Resume(13, 20, null, Noon).Lost);
    }

    [Theory]
    [InlineData(9L, null)]
    [InlineData(30L, 1)]
    public void A_stream_that_ends_before_it_or_has_another_message_before_it_begins_a_new_epoch_and_forgets_no_books(
        long end, int? minutes)
    {
        var resumed = Ten.Resume(20, 30, null, Noon).Resume(4, end, null, Noon);
        Assert.Equal((2, 20L), (Ten.Resume(20, 30, null, Noon).Epoch, Ten.Resume(20, 30, null, Noon).Offset));
        var other = (Ten with { Lost = resumed.Lost }).Resume(4, end, minutes is { } by ? Noon.AddMinutes(by) : null, Noon);
        Assert.Equal((3, 4L, 10L, resumed.Lost), (other.Epoch, other.Offset, other.Ledger.Messages, other.Lost));
        other.ThrowUnlessFollows(Ten);
    }

    [Fact]
    public void The_stream_that_was_read_is_gone_on_with() => Assert.Same(Ten, Ten.Resume(3, 10, Noon, Noon));

    [Theory]
    [InlineData(1, 12L, 12)]
    [InlineData(2, 9L, 9)]
    [InlineData(2, 12L, 11)]
    [InlineData(2, 12L, 13)]
    [InlineData(3, 0L, 9)]
    public void A_checkpoint_that_goes_back_or_counts_other_messages_than_it_passes_is_not_stored(
        int epoch, long offset, int messages) => Assert.Throws<DeliveryInvariantException>(
            () => new Checkpoint(epoch, offset, Noon, Counts(messages)).ThrowUnlessFollows(Ten));

    [Fact]
    public void A_checkpoint_whose_ledger_does_not_balance_is_not_stored()
    {
        var next = new Checkpoint(2, 12, Noon, Counts(12));
        next.ThrowUnlessFollows(Ten);
        var wrong = next with { Ledger = next.Ledger with { Signals = 1 } };
        Assert.Throws<DeliveryInvariantException>(() => wrong.ThrowUnlessFollows(Ten));
    }

    private static SignalLedger Counts(int messages) => SignalLedger.Empty with { Messages = messages };
}
