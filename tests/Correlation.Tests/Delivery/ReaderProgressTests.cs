using Correlation.Delivery;
using Correlation.Signals;

namespace Correlation.Tests.Delivery;

public sealed class ReaderProgressTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly FlushId Here = new("here", 1);
    private static readonly FlushId There = new("there", 1);

    private readonly ReaderProgress _progress = new(Checkpoint.Start);

    [Fact]
    public void The_checkpoint_passes_batches_in_order_and_only_those_whose_flushes_on_all_silos_are_settled()
    {
        _progress.Answered(Batch(0, 2, Here));
        _progress.Answered(Batch(2, 4, Here, There));
        _progress.Answered(Batch(4, 6, Here));

        var settled = _progress.Settle(flush => flush == There ? FlushStatus.Pending : FlushStatus.Settled)!;
        Assert.Equal((2L, 2L, 1), (settled.Checkpoint.Offset, settled.Checkpoint.Ledger.Signals, settled.Passed.Count));
        _progress.Stored(settled);
        Assert.Equal((2L, 6L, 2), (_progress.Durable.Offset, _progress.Read, _progress.InFlight.Count));
        Assert.Equal(6, _progress.Settle(_ => FlushStatus.Settled)!.Checkpoint.Offset);
    }

    [Fact]
    public void Each_flush_is_asked_for_once_and_as_long_as_a_batch_relies_on_it()
    {
        _progress.Answered(Batch(0, 2, Here));
        _progress.Answered(Batch(2, 4, Here, There));
        _progress.Answered(Batch(4, 6, There));
        Assert.Equal([Here, There], _progress.Flushes.OrderBy(flush => flush.Silo));

        _progress.Stored(_progress.Settle(flush => flush == There ? FlushStatus.Pending : FlushStatus.Settled)!);
        Assert.Equal([Here, There], _progress.Flushes.OrderBy(flush => flush.Silo));
        Assert.True(_progress.AnyLost(flush => flush == Here ? FlushStatus.Lost : FlushStatus.Settled));
        _progress.Stored(_progress.Settle(_ => FlushStatus.Settled)!);
        Assert.Empty(_progress.Flushes);
        Assert.False(_progress.AnyLost(_ => FlushStatus.Lost));

        _progress.Answered(Batch(6, 8, Here));
        _progress.Rewind();
        Assert.Empty(_progress.Flushes);
    }

    [Fact]
    public void A_lost_flush_of_any_silo_takes_it_back_to_its_checkpoint()
    {
        _progress.Answered(Batch(0, 2, Here, There));
        Assert.True(_progress.AnyLost(flush => flush == There ? FlushStatus.Lost : FlushStatus.Settled));
        _progress.Rewind();
        Assert.Equal((0L, 0), (_progress.Read, _progress.InFlight.Count));
        _progress.Answered(Batch(0, 2, Here));
    }

    [Fact]
    public void A_batch_that_leaves_a_gap_repeats_or_is_counted_wrong_is_not_taken()
    {
        _progress.Answered(Batch(0, 2, Here));
        ReaderBatch[] wrong =
        [
            Batch(3, 4, Here), Batch(1, 3, Here), Batch(2, 2, Here),
            Batch(2, 4, Here) with { Counts = SignalLedger.Empty with { Messages = 2, Signals = 1 } },
            Batch(2, 4, Here) with { Counts = SignalLedger.Empty with { Messages = 3 } },
        ];
        Assert.All(wrong, batch => Assert.Throws<DeliveryInvariantException>(() => _progress.Answered(batch)));
        Assert.Equal((2L, 1), (_progress.Read, _progress.InFlight.Count));
    }

    [Fact]
    public void Only_what_was_settled_last_counts_as_stored()
    {
        _progress.Answered(Batch(0, 2, Here));
        var before = _progress.Settle(_ => FlushStatus.Settled)!;
        _progress.Answered(Batch(2, 4, Here));
        var settled = _progress.Settle(_ => FlushStatus.Settled)!;
        Assert.Throws<DeliveryInvariantException>(() => _progress.Stored(before));
        _progress.Stored(settled);
        Assert.Throws<DeliveryInvariantException>(() => _progress.Stored(settled));

        _progress.Answered(Batch(4, 6, Here));
        var forgotten = _progress.Settle(_ => FlushStatus.Settled)!;
        _progress.Rewind();
        Assert.Throws<DeliveryInvariantException>(() => _progress.Stored(forgotten));
        Assert.Equal(4, _progress.Durable.Offset);
    }

    private static ReaderBatch Batch(long first, long next, params FlushId[] flushes)
    {
        var counts = (SignalLedger.Empty with { Messages = next - first }).With(Fate.Context, next - first);
        return new ReaderBatch(first, next, Noon, counts, flushes, []);
    }
}
