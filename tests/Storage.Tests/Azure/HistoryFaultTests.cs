using System.Net;
using Correlation.Storage.Azure;

namespace Correlation.Storage.Tests.Azure;

/// <summary>Generated histories over a network that fails at random, against a model. After an exception nobody knows the
/// outcome: what is stored is then the old or the new, and nothing else.</summary>
public sealed class HistoryFaultTests : IDisposable
{
    private const string Journal = "contoso/incidents";

    private readonly AzureScope scope;

    public HistoryFaultTests(AzuriteServer azurite) =>
        scope = new AzureScope(azurite, options => (options.Buckets, options.Retries) = (2, 1));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task State_rows_are_what_their_last_known_write_wrote(int seed)
    {
        await scope.Account.ReadyAsync(Cancel);
        var random = new Random(seed);
        var store = new AzureTableStateStore(scope.Account);
        var model = new Dictionary<string, StateRow?>();
        for (var step = 0; step < 120; step++)
        {
            var keys = Enumerable.Range(0, random.Next(1, 12)).Select(_ => $"key {random.Next(15)}").Distinct();
            StateWrite[] writes = [.. keys.Select(key => Generate(random, key, model.GetValueOrDefault(key), step))];
            Disturb(random);
            var outcomes = await TryAsync(() => store.WriteAsync(writes, Cancel));
            scope.Faults.Clear();
            if (step % 20 == 19) store = new AzureTableStateStore(scope.Open());
            foreach (var (index, write) in writes.Index())
                model[write.Key] = await CheckAsync(store, write, model.GetValueOrDefault(write.Key), outcomes?[index]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_journal_holds_each_append_whole_or_not_at_all(int seed)
    {
        await scope.Account.ReadyAsync(Cancel);
        var random = new Random(seed);
        AzureTableJournalStore[] stores = [new(scope.Account), new(scope.Open())];
        var (held, snapshot) = (new List<string>(), 0);
        for (var step = 0; step < 120; step++)
        {
            var store = stores[random.Next(2)];
            var count = random.Next(8) == 0 ? 150 : random.Next(1, 4);
            var ids = Enumerable.Range(0, count).Select(number => $"{step}/{number}").ToList();
            Disturb(random);
            var isAppended = await TryAsync<bool?>(
                async () => await store.AppendAsync(Journal, held.Count, [.. ids.Select(Event)], Cancel));
            if (random.Next(6) == 0 && held.Count > 0)
            {
                var version = random.Next(1, held.Count + 1);
                await TryAsync(async () =>
                {
                    await store.SnapshotAsync(Journal, version, Rows.Bytes($"{version}"), Cancel);
                    return true;
                });
            }

            scope.Faults.Clear();
            var content = await stores[random.Next(2)].ReadAsync(Journal, Cancel);
            Assert.NotEqual(false, isAppended);
            if (isAppended == true) Assert.Equal(held.Count + ids.Count, content.Version);
            if (content.Version > held.Count) held.AddRange(ids);
            Assert.Equal(held.Count, content.Version);
            Assert.InRange(content.SnapshotVersion, snapshot, held.Count);
            snapshot = (int)content.SnapshotVersion;
            Assert.Equal(snapshot == 0 ? null : $"{snapshot}", content.Snapshot is null ? null : Rows.Text(content.Snapshot));
            Assert.Equal(held[snapshot..], content.Events.Select(one => one.Id));
        }
    }

    private static StateWrite Generate(Random random, string key, StateRow? row, int step)
    {
        var etag = random.Next(6) == 0 ? random.Next(4) : row?.ETag ?? 0;
        var data = random.Next(20) == 0 ? Rows.Mebibyte(step) : Rows.Bytes($"{key} at {step}");
        return new StateWrite(key, etag, data) { Hint = random.Next(3) == 0 ? 0 : row?.Hint ?? 0 };
    }

    private static async Task<StateRow?> CheckAsync(
        AzureTableStateStore store, StateWrite write, StateRow? before, WriteOutcome? outcome)
    {
        var stored = await store.ReadAsync(write.Key, Cancel);
        var isRight = write.ExpectedETag == (before?.ETag ?? 0);
        if (outcome is { } known) Assert.Equal((isRight, stored?.ETag ?? 0), (known.Written, known.ETag));
        var isWritten = stored?.ETag == write.ExpectedETag + 1 && stored.Data.AsSpan().SequenceEqual(write.Data.Span);
        Assert.Equal(outcome?.Written ?? isWritten, isWritten);
        if (isWritten) return stored;
        Assert.Equal(before?.ETag, stored?.ETag);
        Assert.Equal(before?.Data, stored?.Data);
        return stored;
    }

    private static JournalEvent Event(string id) => new(id, Rows.Bytes(id));

    private static async Task<T?> TryAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception error) when (error is global::Azure.RequestFailedException or AggregateException)
        {
            return default;
        }
    }

    /// <summary>Puts faults into some of the next requests; two in a row are more than the retries take.</summary>
    private void Disturb(Random random)
    {
        for (var fault = random.Next(3); fault > 0; fault--)
        {
            switch (random.Next(4))
            {
                case 0: scope.Faults.Refuse(1, HttpStatusCode.ServiceUnavailable, Any); break;
                case 1: scope.Faults.Lose(1, Any); break;
                default: scope.Faults.LoseAnswer(1, Any); break;
            }
        }

        bool Any(HttpRequestMessage request) => random.Next(2) == 0;
    }
}
