using Azure;
using Azure.Data.Tables;

namespace Correlation.Storage.Azure;

/// <summary>Parking lanes in a table: a partition each, with a head row that numbers the signals.</summary>
/// <remarks>A signal has two rows, one by number for the order, one by position, which the table refuses to hold twice.</remarks>
internal sealed class AzureTableParkingLane(AzureAccount account) : IParkingLane
{
    private const string HeadKey = "0";
    private const string Next = "Next";
    private const string Number = "Number";
    private const string Position = "Position";
    private const string Reason = "Reason";
    private const int SignalsMax = 40;
    private const int AttemptsMax = 50;

    public async Task ParkAsync(IReadOnlyList<ParkedSignal> signals, CancellationToken cancel)
    {
        foreach (var signal in signals)
        {
            _ = (StoredKey.Of(signal.Lane), StoredText.Key(signal.Position));
            account.CheckSize(signal.Data.Length);
        }

        await account.ReadyAsync(cancel);
        foreach (var lane in signals.GroupBy(signal => signal.Lane))
        {
            var distinct = lane.DistinctBy(signal => signal.Position).ToList();
            foreach (var some in Groups(distinct)) await ParkAsync(lane.Key, some, cancel);
        }
    }

    public async Task<IReadOnlyList<ParkedSignal>> PeekAsync(string lane, int most, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var partition = StoredKey.Of(lane);
        await account.ReadyAsync(cancel);
        var found = new List<ParkedSignal>();
        var rows = account.Parking.QueryAsync<TableEntity>(Signals(partition), Math.Min(most, 1_000), cancellationToken: cancel);
        await foreach (var row in rows)
        {
            if (await ReadAsync(lane, row, cancel) is { } signal) found.Add(signal);
            if (found.Count == most) break;
        }

        return found;
    }

    public async Task RemoveAsync(string lane, IReadOnlyList<string> positions, CancellationToken cancel)
    {
        var partition = StoredKey.Of(lane);
        await account.ReadyAsync(cancel);
        foreach (var position in positions) await RemoveAsync(partition, PositionKey(position), cancel);

        // The head goes with the last signal. Its etag, read before the look, sees to it that none was parked meanwhile.
        if (await FindAsync(partition, HeadKey, cancel) is not { } head) return;
        var left = account.Parking.QueryAsync<TableEntity>(Signals(partition), 1, ["RowKey"], cancel);
        await foreach (var _ in left) return;
        await account.Transactions.SubmitAsync(
            account.Parking, [new(TableTransactionActionType.Delete, head, head.ETag)], Work(0, 0), cancel);
    }

    public async Task<IReadOnlyList<ParkedLane>> LanesAsync(CancellationToken cancel)
    {
        await account.ReadyAsync(cancel);
        var found = new List<ParkedLane>();
        var heads = account.Parking.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"RowKey eq {HeadKey}"), cancellationToken: cancel);
        await foreach (var head in heads)
        {
            RowFormat.Check(head);
            var (count, reason) = (0L, (string?)null);
            await foreach (var row in account.Parking.QueryAsync<TableEntity>(
                Signals(head.PartitionKey), select: [Reason], cancellationToken: cancel))
            {
                reason ??= RowFormat.Read(row.GetString(Reason));
                count++;
            }

            if (count > 0) found.Add(new ParkedLane(RowFormat.Read(head.GetString(RowFormat.Key)), count, reason!));
        }

        found.Sort((one, other) => StoredText.Compare(one.Lane, other.Lane));
        return found;
    }

    private static string Signals(string partition) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {"s"} and RowKey lt {"t"}");

    private static TransactionWork Work(long count, long bytes) => new(StorageInstruments.Journal, count, bytes);

    private static string PositionKey(string position) => "p" + StoredKey.Of(position);

    private static string NumberKey(long number) => "s" + JournalHead.Text(number);

    private static IEnumerable<List<ParkedSignal>> Groups(List<ParkedSignal> signals)
    {
        var (group, bytes) = (new List<ParkedSignal>(), 0);
        foreach (var signal in signals)
        {
            var size = signal.Data.Length > RowFormat.InlineBytes ? 0 : signal.Data.Length;
            if (group.Count == SignalsMax || (group.Count > 0 && bytes + size > TableTransactions.BytesMax / 2))
            {
                yield return group;
                (group, bytes) = ([], 0);
            }

            group.Add(signal);
            bytes += size;
        }

        if (group.Count > 0) yield return group;
    }

    private async Task ParkAsync(string lane, List<ParkedSignal> signals, CancellationToken cancel)
    {
        var (partition, id) = (StoredKey.Of(lane), account.NextWrite());
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var head = await FindAsync(partition, HeadKey, cancel);
            if (head is not null) RowFormat.Check(head, lane);
            var there = await Task.WhenAll(signals.Select(signal => FindAsync(partition, PositionKey(signal.Position), cancel)));
            var left = signals.Where((_, index) => there[index] is null).ToList();
            if (left.Count == 0) return;
            var actions = await ActionsAsync((lane, partition), head, left, id, cancel);
            var work = Work(left.Count, left.Sum(signal => (long)signal.Data.Length));
            if ((await account.Transactions.SubmitAsync(account.Parking, actions, work, cancel)).ETags is not null) return;
        }

        throw new InvalidOperationException("The lane changes faster than signals can be parked.");
    }

    private async Task<List<TableTransactionAction>> ActionsAsync(
        (string Key, string Partition) lane, TableEntity? head, List<ParkedSignal> signals, string id, CancellationToken cancel)
    {
        var next = head?.GetInt64(Next) ?? 1;
        var row = Row(lane.Partition, HeadKey, 0);
        (row[Next], row[RowFormat.Key]) = (next + signals.Count, RowFormat.Written(lane.Key));
        var actions = new List<TableTransactionAction>
        {
            head is null
                ? new(TableTransactionActionType.Add, row)
                : new(TableTransactionActionType.UpdateReplace, row, head.ETag),
        };
        foreach (var (index, signal) in signals.Index())
        {
            var stored = Row(lane.Partition, NumberKey(next + index), next + index);
            (stored[Position], stored[Reason]) = (RowFormat.Written(signal.Position), RowFormat.Written(signal.Reason));
            if (signal.Data.Length <= RowFormat.InlineBytes) RowFormat.Put(stored, RowFormat.Data, signal.Data);
            else stored[RowFormat.Blob] = await account.Large.StoreAsync(
                $"parking/{lane.Partition}", next + index, id, signal.Data, cancel);
            actions.Add(new(TableTransactionActionType.Add, stored));
            actions.Add(new(TableTransactionActionType.Add, Row(lane.Partition, PositionKey(signal.Position), next + index)));
        }

        return actions;
    }

    private async Task RemoveAsync(string partition, string positionKey, CancellationToken cancel)
    {
        if (await FindAsync(partition, positionKey, cancel) is not { } position) return;
        if (await FindAsync(partition, NumberKey(position.GetInt64(Number)!.Value), cancel) is not { } signal) return;
        TableTransactionAction[] actions =
        [
            new(TableTransactionActionType.Delete, signal, ETag.All), new(TableTransactionActionType.Delete, position, ETag.All),
        ];
        await account.Transactions.SubmitAsync(account.Parking, actions, Work(1, 0), cancel);
        if (signal.GetString(RowFormat.Blob) is { } blob)
            await account.LargeContainer.DeleteBlobIfExistsAsync(blob, cancellationToken: cancel);
    }

    /// <summary>Reads a parked signal; null where it was removed meanwhile.</summary>
    private async Task<ParkedSignal?> ReadAsync(string lane, TableEntity row, CancellationToken cancel)
    {
        RowFormat.Check(row);
        var blob = row.GetString(RowFormat.Blob);
        var data = blob is null ? RowFormat.Take(row, RowFormat.Data) : await account.Large.ReadAsync(blob, cancel);
        if (data is null) return null;
        return new ParkedSignal(lane, RowFormat.Read(row.GetString(Position)), RowFormat.Read(row.GetString(Reason)), data);
    }

    private async Task<TableEntity?> FindAsync(string partition, string rowKey, CancellationToken cancel)
    {
        var found = await account.Parking.GetEntityIfExistsAsync<TableEntity>(partition, rowKey, cancellationToken: cancel);
        return found.HasValue ? found.Value : null;
    }

    private static TableEntity Row(string partition, string rowKey, long number) =>
        new(partition, rowKey) { [RowFormat.Schema] = RowFormat.RowVersion, [Number] = number };
}
