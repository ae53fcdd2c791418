using System.Net;
using Azure;
using Correlation.Storage.Azure;

namespace Correlation.Storage.Tests.Azure;

/// <summary>Checkpoints over a network and a service that fail.</summary>
public sealed class CheckpointFaultTests : IDisposable
{
    private const string Partition = "live/3";

    private readonly AzureScope scope;
    private readonly AzureTableCheckpointStore store;

    public CheckpointFaultTests(AzuriteServer azurite)
    {
        scope = new AzureScope(azurite, options => options.Retries = 3);
        store = new AzureTableCheckpointStore(scope.Account);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => scope.Dispose();

    [Fact]
    public async Task A_write_whose_answer_is_lost_is_no_conflict_and_the_next_one_costs_one_request()
    {
        await scope.Account.ReadyAsync(Cancel);
        for (var etag = 0; etag < 3; etag++)
        {
            scope.Faults.LoseAnswer(1, Faults.IsTransaction);
            Assert.Equal((true, etag + 1), await WriteAsync(etag, new FateRecord(0, etag, etag, [1])));
        }

        await WriteAsync(3);
        var before = scope.Faults.Requests;
        await WriteAsync(4);
        Assert.Equal(1, scope.Faults.Requests - before);
        Assert.NotNull(await store.FatesAsync(Partition, 0, 2, Cancel));
    }

    [Fact]
    public async Task A_write_that_another_was_faster_than_is_a_conflict()
    {
        await WriteAsync(0);
        var other = new AzureTableCheckpointStore(scope.Open());
        scope.Faults.First(() => other.WriteAsync(Partition, 1, Rows.Bytes("other"), [], Cancel), Faults.IsTransaction);
        Assert.Equal((false, 2), await WriteAsync(1, new FateRecord(0, 0, 9, [1])));
        Assert.Null(await store.FatesAsync(Partition, 0, 5, Cancel));
    }

    [Fact]
    public async Task A_throttled_write_is_tried_again_and_given_up_in_the_end()
    {
        await WriteAsync(0);
        scope.Faults.Refuse(3, HttpStatusCode.ServiceUnavailable);
        Assert.Equal((true, 2), await WriteAsync(1));
        scope.Faults.Refuse(4, HttpStatusCode.TooManyRequests);
        await Assert.ThrowsAnyAsync<RequestFailedException>(() => WriteAsync(2));
    }

    [Fact]
    public async Task More_fates_than_rows_fit_into_a_transaction_are_stored_with_their_checkpoint_and_forgotten_one_by_one()
    {
        var fates = Enumerable.Range(0, 450).Select(n => new FateRecord(0, n * 10, (n * 10) + 8, Rows.Bytes($"{n}")));
        await WriteAsync(0, [.. fates]);
        foreach (var number in new[] { 0, 1, 224, 449 })
        {
            Assert.Equal($"{number}", Rows.Text((await store.FatesAsync(Partition, 0, (number * 10) + 5, Cancel))!.Data));
            Assert.Null(await store.FatesAsync(Partition, 0, (number * 10) + 9, Cancel));
        }

        await store.ForgetFatesAsync(Partition, 0, 3_339, Cancel);
        Assert.Null(await store.FatesAsync(Partition, 0, 3_335, Cancel));
        Assert.Equal("334", Rows.Text((await store.FatesAsync(Partition, 0, 3_345, Cancel))!.Data));
    }

    private async Task<(bool Written, long ETag)> WriteAsync(long etag, params FateRecord[] fates)
    {
        var outcome = await store.WriteAsync(Partition, etag, Rows.Bytes("row"), fates, Cancel);
        return (outcome.Written, outcome.ETag);
    }
}
