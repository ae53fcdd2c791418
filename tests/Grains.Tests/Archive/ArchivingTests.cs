using Correlation.Customers;
using Correlation.Grains.Archive;
using Correlation.Grains.Tests.Delivery;
using Correlation.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Correlation.Grains.Tests.Archive;

public sealed class ArchivingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_checkpointed_is_archived_also_where_appends_failed_before()
    {
        var failing = new FailingArchive();
        await using var cluster = await DeliveryCluster.StartAsync(services: services =>
        {
            services.Configure<ArchiveOptions>(options => options.Days = 2);
            services.AddSingleton<IArchive>(failing);
        });
        failing.Inner = cluster.Archive;
        failing.Failures = 2;

        cluster.Send([1, 2], Enumerable.Range(0, 6));
        await cluster.UntilCheckpointedAsync();

        var customer = CustomerKey.Parse((await cluster.ViewAsync(1)).Customer);
        var kept = new List<string>();
        foreach (var day in await cluster.Archive.DaysAsync(customer, Cancel))
        {
            await foreach (var message in cluster.Archive.ReadAsync(customer, day, Cancel))
            {
                kept.Add(message.Position);
                Assert.Equal(day, DateOnly.FromDateTime(message.LogTime.UtcDateTime));
            }
        }

        Assert.Equal(0, failing.Failures);
        Assert.Equal(["live:1:0:0", "live:1:0:1", "live:1:0:2", "live:1:1:0", "live:1:1:1", "live:1:1:2"], kept.Order());
    }

    [Fact]
    public async Task Nothing_is_archived_where_it_is_not_asked_for()
    {
        await using var cluster = await DeliveryCluster.StartAsync();

        cluster.Send([1], [0, 1]);
        await cluster.UntilCheckpointedAsync();

        Assert.Empty(await cluster.Archive.DaysAsync(CustomerKey.Parse((await cluster.ViewAsync(1)).Customer), Cancel));
    }

    /// <summary>Fails the next appends.</summary>
    private sealed class FailingArchive : IArchive
    {
        private int _failures;

        public IArchive Inner { get; set; } = null!;

        public int Failures { get => _failures; set => _failures = value; }

        public Task AppendAsync(
            CustomerKey customer, DateOnly day, IReadOnlyList<ArchivedMessage> messages, CancellationToken cancel)
        {
            if (Interlocked.Decrement(ref _failures) >= 0) throw new IOException("The archive is away.");
            Interlocked.Increment(ref _failures);
            return Inner.AppendAsync(customer, day, messages, cancel);
        }

        public IAsyncEnumerable<ArchivedMessage> ReadAsync(CustomerKey customer, DateOnly day, CancellationToken cancel) =>
            Inner.ReadAsync(customer, day, cancel);

        public Task<IReadOnlyList<DateOnly>> DaysAsync(CustomerKey customer, CancellationToken cancel) =>
            Inner.DaysAsync(customer, cancel);

        public Task EraseAsync(CustomerKey customer, CancellationToken cancel) => Inner.EraseAsync(customer, cancel);

        public Task EraseBeforeAsync(DateOnly day, CancellationToken cancel) => Task.CompletedTask;
    }
}
