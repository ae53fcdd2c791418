using System.Globalization;
using System.IO.Hashing;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Correlation.Storage.Azure;

/// <summary>Lazily written state in a table: rows of many grains in one transaction, spread over buckets by their key.</summary>
internal sealed class AzureTableStateStore(AzureAccount account, ILogger<AzureTableStateStore>? log = null) : IStateStore
{
    private const int ReadsMax = 10;

    private readonly ILogger logger = log ?? NullLogger<AzureTableStateStore>.Instance;

    public async ValueTask<StateRow?> ReadAsync(string key, CancellationToken cancel)
    {
        var (partition, rowKey) = (Bucket(key), StoredKey.Of(key));
        await account.ReadyAsync(cancel);
        for (var read = 0; read < ReadsMax; read++)
        {
            var found = await account.State.GetEntityIfExistsAsync<TableEntity>(partition, rowKey, cancellationToken: cancel);
            if (!found.HasValue) return null;
            var row = RowFormat.Check(found.Value!, key);
            var blob = row.GetString(RowFormat.Blob);
            var data = blob is null ? RowFormat.Take(row, RowFormat.Data) : await account.Large.ReadAsync(blob, cancel);
            var etag = row.GetInt64(RowFormat.ETag)!.Value;
            if (data is not null) return new StateRow(etag, data) { Hint = StateHint.Pack(row.ETag, etag, blob is not null) };
        }

        throw new InvalidDataException("The blob that a state row names is not there.");
    }

    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<StateWrite> writes, CancellationToken cancel)
    {
        foreach (var write in writes) Check(write);
        var outcomes = new WriteOutcome[writes.Count];
        if (writes.Count == 0) return outcomes;
        await account.ReadyAsync(cancel);
        var before = new int[writes.Count];
        foreach (var wave in Waves(writes, before))
        {
            var rows = wave.ConvertAll(index => Row(writes[index], index, before[index], outcomes));
            await WriteAsync(rows, outcomes, cancel);
        }

        return outcomes;
    }

    /// <summary>Splits a call so that no part holds a key twice; the writes of one key follow each other.</summary>
    /// <param name="writes">The call.</param>
    /// <param name="before">Set for each write: the index of the one before it with the same key; -1 without one.</param>
    private static List<List<int>> Waves(IReadOnlyList<StateWrite> writes, int[] before)
    {
        var waves = new List<List<int>>();
        var seen = new Dictionary<string, (int Times, int Last)>(writes.Count, StringComparer.Ordinal);
        for (var index = 0; index < writes.Count; index++)
        {
            var (times, last) = seen.GetValueOrDefault(writes[index].Key, (0, -1));
            before[index] = last;
            seen[writes[index].Key] = (times + 1, index);
            if (times == waves.Count) waves.Add([]);
            waves[times].Add(index);
        }

        return waves;
    }

    private static StateRowWrite Row(StateWrite write, int index, int before, WriteOutcome[] outcomes)
    {
        var row = new StateRowWrite(index, write);
        row.Take(before < 0 ? write.Hint : outcomes[before].Hint);
        return row;
    }

    private async Task WriteAsync(List<StateRowWrite> rows, WriteOutcome[] outcomes, CancellationToken cancel)
    {
        // All end before this does, also after a failure: the caller's bytes must stay as they are until then.
        using var room = new SemaphoreSlim(account.Options.Parallel);
        await Task.WhenAll(rows.GroupBy(row => Bucket(row.Key)).Select(async bucket =>
        {
            await room.WaitAsync(cancel);
            try
            {
                await new StateBucketWriter(account, bucket.Key, outcomes, logger).WriteAsync([.. bucket], cancel);
            }
            finally
            {
                room.Release();
            }
        }));
    }

    private string Bucket(string key)
    {
        var number = XxHash32.HashToUInt32(StoredText.Key(key)) % (uint)account.Options.Buckets;
        return "b" + number.ToString("x4", CultureInfo.InvariantCulture);
    }

    private void Check(StateWrite write)
    {
        _ = StoredText.Key(write.Key);
        ArgumentOutOfRangeException.ThrowIfNegative(write.ExpectedETag);
        account.CheckSize(write.Data.Length);
    }
}
