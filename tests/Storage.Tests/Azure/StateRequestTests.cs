using System.Net;
using Azure;
using Azure.Data.Tables;
using Correlation.Storage.Azure;

namespace Correlation.Storage.Tests.Azure;

/// <summary>What writes of state rows cost, and what they leave in tables and blobs.</summary>
public sealed class StateRequestTests : IDisposable
{
    private readonly AzureScope scope;
    private readonly AzureTableStateStore store;

    public StateRequestTests(AzuriteServer azurite)
    {
        scope = new AzureScope(azurite, options => (options.Buckets, options.Retries) = (1, 2));
        store = new AzureTableStateStore(scope.Account);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => scope.Dispose();

    [Fact]
    public async Task Rows_of_a_bucket_are_written_by_the_hundred_and_a_hint_saves_the_read()
    {
        await scope.Account.ReadyAsync(Cancel);
        var writes = Enumerable.Range(0, 250).Select(number => Rows.Write($"{number}", 0, "1")).ToList();
        var (inserted, first) = await CountAsync(writes);
        var updates = writes.Zip(inserted, (write, outcome) => write with { ExpectedETag = 1, Hint = outcome.Hint });
        var (_, again) = await CountAsync([.. updates]);
        var (_, without) = await CountAsync([.. writes.Take(10).Select(write => write with { ExpectedETag = 2 })]);
        Assert.Equal((3, 3, 11), (first, again, without));
        var hint = (await store.ReadAsync("1", Cancel))!.Hint;
        var (outcomes, read) = await CountAsync([Rows.Write("1", 3, "4") with { Hint = hint }]);
        Assert.Equal((1, true), (read, Assert.Single(outcomes).Written));
    }

    [Fact]
    public async Task A_transaction_is_not_larger_than_the_service_takes()
    {
        var large = Enumerable.Range(0, 9).Select(n => new StateWrite($"{n}", 0, Rows.Mebibyte(n).AsMemory(0, 980_000)));
        StateWrite[] writes = [.. large];
        Assert.All(await store.WriteAsync(writes, Cancel), outcome => Assert.True(outcome.Written));
        Assert.Equal(writes[8].Data.ToArray(), (await store.ReadAsync("8", Cancel))!.Data);
        Assert.Empty(await scope.LargeAsync(Cancel));
    }

    [Theory]
    [InlineData(RowFormat.InlineBytes, 0)]
    [InlineData(RowFormat.InlineBytes + 1, 1)]
    [InlineData(65_536, 0)]
    [InlineData(65_537, 0)]
    public async Task What_fits_into_a_row_stays_there_and_what_does_not_gets_a_blob(int size, int blobs)
    {
        var data = Rows.Mebibyte(size).AsMemory(0, Math.Min(size, 1024 * 1024));
        await store.WriteAsync([new StateWrite(new string('ä', 512), 0, data)], Cancel);
        Assert.Equal(data.ToArray(), (await store.ReadAsync(new string('ä', 512), Cancel))!.Data);
        Assert.Equal(blobs, (await scope.LargeAsync(Cancel)).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_blob_of_a_row_that_has_moved_on_is_deleted(bool withHint)
    {
        var first = Assert.Single(await store.WriteAsync([new StateWrite("k", 0, Rows.Mebibyte(1))], Cancel));
        var hint = withHint ? first.Hint : 0;
        var second = Assert.Single(await store.WriteAsync([new StateWrite("k", 1, Rows.Mebibyte(2)) { Hint = hint }], Cancel));
        Assert.Single(await scope.LargeAsync(Cancel));
        Assert.Equal(Rows.Mebibyte(2), (await store.ReadAsync("k", Cancel))!.Data);
        await store.WriteAsync([Rows.Write("k", 2, "small") with { Hint = withHint ? second.Hint : 0 }], Cancel);
        Assert.Empty(await scope.LargeAsync(Cancel));
        Assert.Equal("small", Rows.Text((await store.ReadAsync("k", Cancel))!.Data));
    }

    [Fact]
    public async Task A_blob_whose_row_was_never_written_is_deleted_by_the_next_large_write()
    {
        await scope.Account.ReadyAsync(Cancel);
        scope.Faults.Refuse(3, HttpStatusCode.ServiceUnavailable, Faults.IsTransaction);
        await Assert.ThrowsAnyAsync<RequestFailedException>(
            () => store.WriteAsync([new StateWrite("k", 0, Rows.Mebibyte(1))], Cancel));
        Assert.Single(await scope.LargeAsync(Cancel));
        await store.WriteAsync([new StateWrite("k", 0, Rows.Mebibyte(2))], Cancel);
        Assert.Single(await scope.LargeAsync(Cancel));
        Assert.Equal(Rows.Mebibyte(2), (await store.ReadAsync("k", Cancel))!.Data);
    }

    [Fact]
    public async Task A_large_write_in_conflict_leaves_no_blob_and_the_other_one_whole()
    {
        await store.WriteAsync([new StateWrite("k", 0, Rows.Mebibyte(1))], Cancel);
        var outcome = Assert.Single(await store.WriteAsync([new StateWrite("k", 0, Rows.Mebibyte(2))], Cancel));
        Assert.Equal((false, 1), (outcome.Written, outcome.ETag));
        Assert.Single(await scope.LargeAsync(Cancel));
        Assert.Equal(Rows.Mebibyte(1), (await store.ReadAsync("k", Cancel))!.Data);
    }

    [Fact]
    public async Task A_row_that_moves_on_while_its_blob_is_read_is_read_again()
    {
        await store.WriteAsync([new StateWrite("k", 0, Rows.Mebibyte(1))], Cancel);
        var other = new AzureTableStateStore(scope.Open());
        scope.Faults.First(
            () => other.WriteAsync([new StateWrite("k", 1, Rows.Mebibyte(2))], Cancel),
            request => request.Method == HttpMethod.Get
                && request.RequestUri!.AbsolutePath.Contains("/state/", StringComparison.Ordinal));
        Assert.Equal(Rows.Mebibyte(2), (await store.ReadAsync("k", Cancel))!.Data);
    }

    [Fact]
    public async Task A_blob_that_cannot_be_deleted_does_not_fail_the_write()
    {
        await store.WriteAsync([new StateWrite("k", 0, Rows.Mebibyte(1))], Cancel);
        scope.Faults.Refuse(3, HttpStatusCode.ServiceUnavailable, request => request.Method == HttpMethod.Delete);
        Assert.True(Assert.Single(await store.WriteAsync([new StateWrite("k", 1, Rows.Mebibyte(2))], Cancel)).Written);
        Assert.Equal(2, (await scope.LargeAsync(Cancel)).Count);
        await store.WriteAsync([new StateWrite("k", 2, Rows.Mebibyte(3))], Cancel);
        Assert.Single(await scope.LargeAsync(Cancel));
    }

    [Fact]
    public async Task A_row_over_the_limit_is_refused()
    {
        scope.Options.RowBytes = 10;
        await Assert.ThrowsAsync<ArgumentException>(() => store.WriteAsync([new StateWrite("k", 0, new byte[11])], Cancel));
    }

    [Fact]
    public async Task A_row_of_a_newer_program_is_refused()
    {
        await store.WriteAsync([Rows.Write("k", 0, "x")], Cancel);
        var newer = new TableEntity("b0000", "k") { [RowFormat.Schema] = 2 };
        await scope.Account.State.UpdateEntityAsync(newer, ETag.All, TableUpdateMode.Merge, Cancel);
        await Assert.ThrowsAsync<InvalidDataException>(async () => await store.ReadAsync("k", Cancel));
    }

    private async Task<(IReadOnlyList<WriteOutcome> Outcomes, int Requests)> CountAsync(List<StateWrite> writes)
    {
        var before = scope.Faults.Requests;
        var outcomes = await store.WriteAsync(writes, Cancel);
        Assert.All(outcomes, outcome => Assert.True(outcome.Written));
        return (outcomes, scope.Faults.Requests - before);
    }
}
