using Correlation.Delivery;
using Correlation.Grains.Parking;
using Correlation.Signals;
using Correlation.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Correlation.Grains.Tests.Parking;

public sealed class PartitionBooksTests
{
    private static readonly StoredForm Form =
        new(new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>());

    /// <summary>The checkpoint is 2:12; the books hold the fates of 10 and 11: parked and transition; parked.</summary>
    [Theory]
    [InlineData(2, 10, 0, Fate.Parked)]
    [InlineData(2, 10, 1, Fate.Transition)]
    [InlineData(2, 11, 0, Fate.Parked)]
    [InlineData(2, 12, 0, Fate.None)]
    [InlineData(3, 0, 0, Fate.None)]
    [InlineData(2, 5, 0, Fate.Parked)]
    [InlineData(1, 99, 0, Fate.Parked)]
    [InlineData(2, 10, null, Fate.Parked)]
    [InlineData(2, 10, 7, Fate.Parked)]
    public async Task A_parked_signal_has_the_fate_that_its_partitions_stored_checkpoint_gave_it(
        int epoch, long offset, int? ordinal, Fate fate)
    {
        var books = new PartitionBooks(new OneCheckpoint(), Form, TestContext.Current.CancellationToken);
        Assert.Equal(fate, await books.FateOfAsync(new Position("live", epoch, 0, offset, 0, 0), ordinal));
        Assert.Equal("live/0", Assert.Single(books.Checkpoints).Partition);
    }

    [Fact]
    public async Task A_partition_without_a_checkpoint_has_passed_nothing()
    {
        var books = new PartitionBooks(new OneCheckpoint(), Form, TestContext.Current.CancellationToken);
        Assert.Equal(Fate.None, await books.FateOfAsync(new Position("other", 1, 0, 0, 0, 0), 0));
        Assert.Empty(books.Checkpoints);
    }

    private sealed class OneCheckpoint : ICheckpointStore
    {
        private static readonly byte[] Fates = FateCodec.Encode([(10, [Fate.Parked, Fate.Transition]), (11, [Fate.Parked])], []);

        public Task<StateRow?> ReadAsync(string partition, CancellationToken cancel) => Task.FromResult(
            partition == "live/0" ? new StateRow(1, Form.Write(new Checkpoint(2, 12, null, SignalLedger.Empty))) : null);

        public Task<FateRecord?> FatesAsync(string partition, int epoch, long offset, CancellationToken cancel) =>
            Task.FromResult(
                epoch == 2 && offset is 10 or 11 ? new FateRecord(2, 10, 11, Fates) : null);

        public Task<WriteOutcome> WriteAsync(
            string partition, long expectedETag, ReadOnlyMemory<byte> row, IReadOnlyList<FateRecord> fates,
            CancellationToken cancel) =>
            throw new NotSupportedException();

        public Task ForgetFatesAsync(string partition, int epoch, long below, CancellationToken cancel) =>
            throw new NotSupportedException();
    }
}
