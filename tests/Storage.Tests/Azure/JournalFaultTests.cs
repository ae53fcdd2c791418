using System.Net;
using Azure;
using Azure.Data.Tables;
using Correlation.Storage.Azure;

namespace Correlation.Storage.Tests.Azure;

/// <summary>Journals over a network and a service that fail, and what they leave behind.</summary>
public sealed class JournalFaultTests : IDisposable
{
    private const string Journal = "contoso/incidents";

    private readonly AzureScope scope;
    private readonly AzureTableJournalStore store;

    public JournalFaultTests(AzuriteServer azurite)
    {
        scope = new AzureScope(azurite, options => options.Retries = 3);
        store = new AzureTableJournalStore(scope.Account);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => scope.Dispose();

    [Fact]
    public async Task An_append_costs_one_request_once_the_journal_is_known()
    {
        await AppendAsync(0, "a");
        var before = scope.Faults.Requests;
        Assert.True(await AppendAsync(1, "b", "c"));
        Assert.Equal(1, scope.Faults.Requests - before);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task A_throttled_append_is_tried_again_and_given_up_in_the_end(HttpStatusCode status)
    {
        await AppendAsync(0, "a");
        scope.Faults.Refuse(3, status);
        Assert.True(await AppendAsync(1, "b"));
        scope.Faults.Refuse(4, status);
        await Assert.ThrowsAnyAsync<RequestFailedException>(() => AppendAsync(2, "c"));
        Assert.True(await AppendAsync(2, "c"));
        await AssertHoldsAsync("a", "b", "c");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public async Task An_append_whose_answer_is_lost_is_appended_once_and_no_conflict(int count)
    {
        var ids = Enumerable.Range(0, count).Select(number => $"{number}").ToArray();
        await scope.Account.ReadyAsync(Cancel);
        scope.Faults.LoseAnswer(2, Faults.IsTransaction);
        Assert.True(await AppendAsync(0, ids));
        scope.Faults.LoseAnswer(1, Faults.IsTransaction);
        Assert.True(await AppendAsync(count, "last"));
        await AssertHoldsAsync([.. ids, "last"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public async Task An_append_whose_answer_is_lost_is_found_also_when_another_has_followed_it(int count)
    {
        var ids = Enumerable.Range(0, count).Select(number => $"{number}").ToArray();
        var other = new AzureTableJournalStore(scope.Open());
        await scope.Account.ReadyAsync(Cancel);
        scope.Faults.Then(
            () => other.AppendAsync(Journal, count, [Event("other")], Cancel), loseAnswer: true, Faults.IsTransaction);
        Assert.True(await AppendAsync(0, ids));
        await AssertHoldsAsync([.. ids, "other"]);
    }

    [Fact]
    public async Task An_append_that_another_was_faster_than_is_a_conflict()
    {
        await AppendAsync(0, "a");
        var other = new AzureTableJournalStore(scope.Open());
        scope.Faults.First(() => other.AppendAsync(Journal, 1, [Event("b")], Cancel), Faults.IsTransaction);
        Assert.False(await AppendAsync(1, "c"));
        await AssertHoldsAsync("a", "b");
    }

    [Fact]
    public async Task A_snapshot_by_another_does_not_disturb_an_append()
    {
        await AppendAsync(0, "a", "b");
        var other = new AzureTableJournalStore(scope.Open());
        scope.Faults.First(() => other.SnapshotAsync(Journal, 2, Rows.Bytes("ab"), Cancel), Faults.IsTransaction);
        Assert.True(await AppendAsync(2, "c"));
        await AssertHoldsAsync("c");
    }

    [Theory]
    [InlineData(10)]
    [InlineData(3 * 1024 * 1024)]
    public async Task A_snapshot_whose_answer_is_lost_is_stored_once(int size)
    {
        await AppendAsync(0, "a", "b");
        scope.Faults.LoseAnswer(1, Faults.IsTransaction);
        await store.SnapshotAsync(Journal, 2, new byte[size], Cancel);
        Assert.Equal(size, (await store.ReadAsync(Journal, Cancel)).Snapshot!.Length);
        Assert.Equal(size > RowFormat.InlineBytes ? 1 : 0, (await scope.LargeAsync(Cancel)).Count);
        Assert.True(await AppendAsync(2, "c"));
        await AssertHoldsAsync("c");
    }

    [Fact]
    public async Task What_a_snapshot_could_not_delete_is_not_seen_and_the_next_one_deletes_it()
    {
        await store.AppendAsync(Journal, 0, [Event("a"), new JournalEvent("b", Rows.Mebibyte(1))], Cancel);
        scope.Faults.Refuse(4, HttpStatusCode.ServiceUnavailable, IsQuery);
        await store.SnapshotAsync(Journal, 2, Rows.Mebibyte(2), Cancel);
        await AppendAsync(2, "c");
        await AssertHoldsAsync("c");
        Assert.Equal((4, 2), (await RowsAsync(), (await scope.LargeAsync(Cancel)).Count));
        await store.SnapshotAsync(Journal, 3, Rows.Bytes("abc"), Cancel);
        Assert.Equal((2, 0), (await RowsAsync(), (await scope.LargeAsync(Cancel)).Count));
        await AssertHoldsAsync();
    }

    [Fact]
    public async Task Many_events_are_appended_all_or_none()
    {
        var ids = Enumerable.Range(0, 1_000).Select(number => $"{number}").ToArray();
        await AppendAsync(0, "first");
        Assert.False(await AppendAsync(1, [.. ids, "first"]));
        Assert.True(await AppendAsync(1, ids));
        Assert.False(await AppendAsync(1_001, "500"));
        Assert.False(await AppendAsync(1_001, [.. ids.Select(id => "x" + id), "999"]));
        Assert.True(await AppendAsync(1_001, "last"));
        await AssertHoldsAsync(["first", .. ids, "last"]);
        await store.SnapshotAsync(Journal, 500, Rows.Bytes("500"), Cancel);
        await AssertHoldsAsync([.. ids[499..], "last"]);
        Assert.False(await AppendAsync(1_002, "999"));
        await store.SnapshotAsync(Journal, 1_001, Rows.Bytes("1001"), Cancel);
        await AssertHoldsAsync("last");
        Assert.True(await AppendAsync(1_002, "999"));
    }

    [Fact]
    public async Task A_journal_that_gets_a_snapshot_while_it_is_read_comes_back_whole()
    {
        for (var version = 0; version < 1_089; version += 99)
            await AppendAsync(version, [.. Enumerable.Range(version, 99).Select(number => $"{number}")]);
        var other = new AzureTableJournalStore(scope.Open());
        scope.Faults.First(
            () => other.SnapshotAsync(Journal, 1_089, Rows.Bytes("all"), Cancel),
            request => IsQuery(request) && request.RequestUri!.Query.Contains("NextRowKey", StringComparison.Ordinal));
        var content = await store.ReadAsync(Journal, Cancel);
        Assert.Equal((1_089, 1_089, "all"), (content.Version, content.SnapshotVersion, Rows.Text(content.Snapshot)));
        Assert.Empty(content.Events);
    }

    private static bool IsQuery(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath.EndsWith("journals()", StringComparison.Ordinal);

    private static JournalEvent Event(string id) => new(id, Rows.Bytes("data of " + id));

    private Task<bool> AppendAsync(long expected, params string[] ids) =>
        store.AppendAsync(Journal, expected, [.. ids.Select(Event)], Cancel);

    private async Task AssertHoldsAsync(params string[] ids)
    {
        var content = await new AzureTableJournalStore(scope.Open()).ReadAsync(Journal, Cancel);
        Assert.Equal(ids, content.Events.Select(one => one.Id));
        Assert.Equal(content.Version - content.SnapshotVersion, ids.Length);
    }

    private async Task<int> RowsAsync() =>
        await scope.Account.Journals.QueryAsync<TableEntity>(cancellationToken: Cancel).CountAsync(Cancel);
}
