using System.Net;
using Azure;
using Correlation.Storage.Azure;

namespace Correlation.Storage.Tests.Azure;

/// <summary>State rows over a network and a service that fail.</summary>
public sealed class StateFaultTests : IDisposable
{
    private readonly AzureScope scope;
    private readonly AzureTableStateStore store;

    public StateFaultTests(AzuriteServer azurite)
    {
        scope = new AzureScope(azurite, options => (options.Buckets, options.Retries) = (1, 4));
        store = new AzureTableStateStore(scope.Account);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task A_throttled_write_is_tried_again(HttpStatusCode status)
    {
        await scope.Account.ReadyAsync(Cancel);
        scope.Faults.Refuse(4, status, Faults.IsTransaction);
        Assert.Equal([(true, 1L)], await WriteAsync(Rows.Write("a", 0, "1")));
        scope.Faults.Refuse(4, status);
        Assert.Equal("1", await ReadAsync("a"));
    }

    [Fact]
    public async Task A_row_that_is_throttled_within_a_transaction_is_tried_again()
    {
        await scope.Account.ReadyAsync(Cancel);
        scope.Faults.Answer(3, () => Inner(503, "ServerBusy"), Faults.IsTransaction);
        Assert.Equal([(true, 1L), (true, 1)], await WriteAsync(Rows.Write("a", 0, "1"), Rows.Write("b", 0, "1")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_unknown_outcome_is_an_exception_and_no_outcome(bool isInner)
    {
        await scope.Account.ReadyAsync(Cancel);
        if (isInner) scope.Faults.Answer(5, () => Inner(500, "OperationTimedOut"), Faults.IsTransaction);
        else scope.Faults.Refuse(5, HttpStatusCode.ServiceUnavailable, Faults.IsTransaction);
        await Assert.ThrowsAnyAsync<RequestFailedException>(() => WriteAsync(Rows.Write("a", 0, "1")));
        Assert.Null(await store.ReadAsync("a", Cancel));
        Assert.Equal([(true, 1L)], await WriteAsync(Rows.Write("a", 0, "2")));
    }

    [Fact]
    public async Task A_connection_that_is_lost_for_good_is_an_exception()
    {
        await scope.Account.ReadyAsync(Cancel);
        scope.Faults.Lose(5, Faults.IsTransaction);
        await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(Rows.Write("a", 0, "1")));
        scope.Faults.Lose(4, Faults.IsTransaction);
        Assert.Equal([(true, 1L)], await WriteAsync(Rows.Write("a", 0, "1")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_write_whose_answer_is_lost_is_no_conflict_when_it_is_tried_again(int times)
    {
        await scope.Account.ReadyAsync(Cancel);
        scope.Faults.LoseAnswer(times, Faults.IsTransaction);
        Assert.Equal([(true, 1L), (true, 1)], await WriteAsync(Rows.Write("a", 0, "1"), Rows.Write("b", 0, "1")));
        scope.Faults.LoseAnswer(times, Faults.IsTransaction);
        Assert.Equal([(true, 2L), (true, 1)], await WriteAsync(Rows.Write("a", 1, "2"), Rows.Write("c", 0, "1")));
        Assert.Equal(("2", "1", "1"), (await ReadAsync("a"), await ReadAsync("b"), await ReadAsync("c")));
        Assert.Equal([(true, 3L)], await WriteAsync(Rows.Write("a", 2, "3")));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    [InlineData("c")]
    public async Task After_a_lost_answer_what_another_has_written_meanwhile_stays_and_no_other_row_is_a_conflict(string key)
    {
        await scope.Account.ReadyAsync(Cancel);
        var other = new AzureTableStateStore(scope.Open());
        scope.Faults.Then(() => other.WriteAsync([Rows.Write(key, 1, "other")], Cancel), loseAnswer: true, Faults.IsTransaction);
        string[] keys = ["a", "b", "c"];
        var outcomes = await WriteAsync([.. keys.Select(one => Rows.Write(one, 0, "mine"))]);

        // The row was written before the other wrote it: that it was, or that it is another's now, are both true.
        Assert.All(keys.Zip(outcomes), one => Assert.Contains(
            one.Second, one.First == key ? [(true, 1L), (false, 2L)] : new[] { (true, 1L) }));
        foreach (var one in keys) Assert.Equal(one == key ? "other" : "mine", await ReadAsync(one));
    }

    [Fact]
    public async Task The_same_etag_written_by_another_is_a_conflict()
    {
        await WriteAsync(Rows.Write("a", 0, "1"));
        var other = new AzureTableStateStore(scope.Open());
        scope.Faults.First(() => other.WriteAsync([Rows.Write("a", 1, "other")], Cancel), Faults.IsTransaction);
        Assert.Equal([(false, 2L)], await WriteAsync(Rows.Write("a", 1, "mine")));
        Assert.Equal("other", await ReadAsync("a"));
    }

    [Fact]
    public async Task Many_conflicts_in_one_transaction_are_found_in_a_few_rounds()
    {
        var keys = Enumerable.Range(0, 80).Select(number => $"{number}").ToArray();
        await WriteAsync([.. keys.Where((_, index) => index % 2 == 0).Select(key => Rows.Write(key, 0, "there"))]);
        var before = scope.Faults.Requests;
        var outcomes = await WriteAsync([.. keys.Select(key => Rows.Write(key, 0, "new"))]);
        Assert.All(outcomes.Index(), one => Assert.Equal(one.Index % 2 == 1, one.Item.Written));
        Assert.InRange(scope.Faults.Requests - before, 3, 90);
    }

    private static HttpResponseMessage Inner(int status, string code)
    {
        var error = "{\"odata.error\":{\"code\":\"" + code + "\",\"message\":{\"lang\":\"en-US\",\"value\":\"0:It failed.\"}}}";
        string[] lines =
        [
            "--batchresponse_1", "Content-Type: multipart/mixed; boundary=changesetresponse_1", "", "--changesetresponse_1",
            "Content-Type: application/http", "Content-Transfer-Encoding: binary", "", $"HTTP/1.1 {status} {code}",
            "Content-Type: application/json;odata=minimalmetadata", "", error,
            "--changesetresponse_1--", "--batchresponse_1--", "",
        ];
        var content = new StringContent(string.Join("\r\n", lines));
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/mixed; boundary=batchresponse_1");
        return new HttpResponseMessage(HttpStatusCode.Accepted) { Content = content };
    }

    private async Task<List<(bool Written, long ETag)>> WriteAsync(params StateWrite[] writes) =>
        [.. (await store.WriteAsync(writes, Cancel)).Select(one => (one.Written, one.ETag))];

    private async Task<string?> ReadAsync(string key) =>
        await store.ReadAsync(key, Cancel) is { } row ? Rows.Text(row.Data) : null;
}
