using Azure.Data.Tables;
using Correlation.Delivery;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Correlation.Storage.Azure;

/// <summary>Parking lanes in a table: one partition each, a head row and two rows a signal, changed in one transaction under the
/// head's etag.</summary>
/// <remarks>
/// The head holds the lane's share of the books. So what a transaction changes, the counts included, is stored whole or not at
/// all; a customer's books are the sum over the heads, each of which balances at any moment. The head of an empty lane is kept,
/// for its books and because its sequences are not given again. A call of more signals than a transaction takes is several
/// transactions, each whole. After a crash between two of them the call is made again by whoever made it: what is parked already
/// is recognised by its position and what has left by its sequence, and neither is booked again. The head names its newest
/// writes, so that a write whose answer was lost is not done a second time, also where another writer came in between.
/// </remarks>
internal sealed partial class AzureTableParkingLane(AzureAccount account, ILogger<AzureTableParkingLane>? log = null)
    : IParkingLane
{
    private const int AttemptsMax = 50;
    private const int PageRows = 1_000;
    private static readonly string[] PositionRow = [RowFormat.Schema, RowFormat.Key];

    private readonly ILogger logger = log ?? NullLogger<AzureTableParkingLane>.Instance;

    public async Task<IReadOnlyList<bool>> ParkAsync(ParkingCall call, CancellationToken cancel)
    {
        var lane = LaneKey.Of(call.Lane);
        foreach (var signal in call.Signals)
        {
            _ = StoredText.Key(signal.Position);
            account.CheckSize(signal.Data.Length);
        }

        await account.ReadyAsync(cancel);
        var holds = new List<bool>(call.Signals.Count);
        foreach (var part in LaneRows.Parts(call.Signals))
        {
            var some = call with { Signals = part };
            holds.AddRange(await ChangeAsync(lane, (head, id) => PlanParkAsync(lane, head, some, id, cancel), cancel));
        }

        return holds;
    }

    public async Task<bool> HoldsAnyAsync(string lane, IReadOnlyList<string> positions, CancellationToken cancel)
    {
        var key = LaneKey.Of(lane);
        foreach (var position in positions) _ = StoredText.Key(position);
        await account.ReadyAsync(cancel);
        if ((await HeadAsync(key, cancel)).Waiting == 0) return false;
        return (await HoldsAsync(key, positions, cancel)).Contains(true);
    }

    public async Task<IReadOnlyList<ParkedSignal>> PeekAsync(string lane, int most, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var key = LaneKey.Of(lane);
        await account.ReadyAsync(cancel);
        var found = new List<ParkedSignal>();
        var rows = account.Parking.QueryAsync<TableEntity>(
            LaneRows.Between(key, 0, long.MaxValue), Math.Min(most, PageRows), cancellationToken: cancel);
        await foreach (var row in rows)
        {
            RowFormat.Check(row);
            var blob = row.GetString(RowFormat.Blob);
            var data = blob is null ? RowFormat.Take(row, RowFormat.Data) : await account.Large.ReadAsync(blob, cancel);

            // Where its blob is gone, the signal has left meanwhile.
            if (data is not null) found.Add(LaneRows.Signal(row, data));
            if (found.Count == most) break;
        }

        return found;
    }

    public async Task<IReadOnlyList<LaneExit>> RemoveAsync(
        string lane, IReadOnlyList<LaneExit> exits, CancellationToken cancel)
    {
        foreach (var exit in exits) ParkingLedger.Empty.Left(exit.Fate, 1);
        var key = LaneKey.Of(lane);
        await account.ReadyAsync(cancel);
        var left = new List<LaneExit>();
        foreach (var part in exits.DistinctBy(exit => exit.Sequence).Chunk(LaneRows.SignalsMax))
        {
            var leaving = await ChangeAsync(key, (head, _) => PlanRemoveAsync(key, head, part, cancel), cancel);
            await CleanAsync(key, leaving, cancel);
            left.AddRange(leaving.Exits);
        }

        return left;
    }

    public async Task NoteAsync(string lane, LaneNote note, CancellationToken cancel)
    {
        var key = LaneKey.Of(lane);
        await account.ReadyAsync(cancel);
        await ChangeAsync(key, (head, _) => Task.FromResult(Noted(head, note)), cancel);
    }

    public async Task<ParkedLane?> FindAsync(string lane, CancellationToken cancel)
    {
        var key = LaneKey.Of(lane);
        await account.ReadyAsync(cancel);
        return (await HeadAsync(key, cancel)).Shown(lane);
    }

    public async Task<IReadOnlyList<ParkedLane>> LanesAsync(CancellationToken cancel)
    {
        await account.ReadyAsync(cancel);
        var found = new List<ParkedLane>();
        var rows = account.Parking.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"RowKey eq {LaneHead.RowKey} and Waiting gt {0L}"), cancellationToken: cancel);
        await foreach (var row in rows)
        {
            RowFormat.Check(row);
            if (LaneHead.Of(row).Shown(RowFormat.Read(row.GetString(RowFormat.Key))) is { } lane) found.Add(lane);
        }

        found.Sort((one, other) => StoredText.Compare(one.Lane, other.Lane));
        return found;
    }

    public async Task<IReadOnlyDictionary<string, ParkingLedger>> LedgersAsync(CancellationToken cancel)
    {
        await account.ReadyAsync(cancel);
        var books = new Dictionary<string, ParkingLedger>();
        var rows = account.Parking.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"RowKey eq {LaneHead.RowKey}"), cancellationToken: cancel);
        await foreach (var row in rows)
        {
            var head = LaneHead.Of(RowFormat.Check(row));
            foreach (var (customer, book) in head.Books)
            {
                var share = customer == head.Customer ? book with { Waiting = head.Waiting } : book;
                books[customer] = (books.GetValueOrDefault(customer) ?? ParkingLedger.Empty) + share;
            }
        }

        return books;
    }

    private static TransactionWork Work(long count, long bytes) => new(StorageInstruments.Journal, count, bytes);

    private static LaneChange<bool> Noted(LaneHead head, LaneNote note) =>
        new(true, head.Waiting == 0 ? null : head.WithNote(note), [], Work(1, 0));

    /// <summary>Changes a lane in one transaction, planned anew where somebody else changed it meanwhile.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="planAsync">Plans the change of a head, by a write of an id.</param>
    /// <param name="cancel">Gives up waiting; the outcome is then unknown.</param>
    private async Task<T> ChangeAsync<T>(
        LaneKey lane, Func<LaneHead, string, Task<LaneChange<T>>> planAsync, CancellationToken cancel)
    {
        var id = account.NextWrite();
        LaneChange<T>? change = null;
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var head = await HeadAsync(lane, cancel);
            if (change is not null && head.Wrote(id)) return change.Result;
            change = await planAsync(head, id);
            if (change.Head is not { } next) return change.Result;
            var submitted = await account.Transactions.SubmitAsync(
                account.Parking, [head.To(next, lane, id), .. change.Rows], change.Work, cancel);
            if (submitted.ETags is not null) return change.Result;
        }

        throw new InvalidOperationException("The lane changes faster than it can be written.");
    }

    private async Task<LaneChange<bool[]>> PlanParkAsync(
        LaneKey lane, LaneHead head, ParkingCall call, string id, CancellationToken cancel)
    {
        var holds = head.Waiting == 0
            ? new bool[call.Signals.Count]
            : await HoldsAsync(lane, [.. call.Signals.Select(signal => signal.Position)], cancel);
        var parked = new List<SignalToPark>();
        var positions = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, signal) in call.Signals.Index())
        {
            holds[index] |= positions.Contains(signal.Position);
            if (holds[index] || head.Waiting + parked.Count >= call.Most) continue;
            parked.Add(signal);
            holds[index] = positions.Add(signal.Position);
        }

        var next = parked.Count == 0 ? head : head.WithParked(call.Customer, call.Reason, parked);
        if (call.Tried) next = next.WithHold();
        if (parked.Count == 0 && next.HeldTo == head.HeldTo) return new LaneChange<bool[]>(holds, null, [], default);
        var rows = new List<TableTransactionAction>();
        foreach (var (index, signal) in parked.Index())
        {
            var blob = signal.Data.Length <= RowFormat.InlineBytes
                ? null
                : await account.Large.StoreAsync(lane.Owner, head.Next + index, id, signal.Data, cancel);
            rows.AddRange(LaneRows.Put(lane, head.Next + index, signal, call.Reason, blob));
        }

        return new LaneChange<bool[]>(
            holds, next, rows, Work(parked.Count, parked.Sum(signal => (long)signal.Data.Length)));
    }

    private async Task<LaneChange<Leaving>> PlanRemoveAsync(
        LaneKey lane, LaneHead head, LaneExit[] exits, CancellationToken cancel)
    {
        var wanted = exits.Select(exit => exit.Sequence).ToHashSet();
        var (losesFirst, losesLast) = (wanted.Contains(head.First.Sequence), wanted.Contains(head.Last.Sequence));
        var leaving = new List<TableEntity>();
        TableEntity? first = null, last = null;
        if (head.Waiting > 0)
        {
            // From the first signal where the new ends of the lane are to be found, and on until they are.
            var from = losesFirst || losesLast ? head.First.Sequence : wanted.Min();
            var to = losesLast ? head.Last.Sequence : wanted.Max();
            var rows = account.Parking.QueryAsync<TableEntity>(
                LaneRows.Between(lane, from, head.Last.Sequence), PageRows, LaneRows.Described, cancel);
            await foreach (var row in rows)
            {
                RowFormat.Check(row);
                if (wanted.Contains(LaneRows.Sequence(row))) leaving.Add(row);
                else (first, last) = (first ?? row, row);
                if (LaneRows.Sequence(row) >= to && first is not null) break;
            }
        }

        if (leaving.Count == 0) return new LaneChange<Leaving>(new Leaving([], [], null), null, [], default);
        var sequences = leaving.Select(LaneRows.Sequence).ToHashSet();
        LaneExit[] left = [.. exits.Where(exit => sequences.Contains(exit.Sequence))];
        var opens = losesFirst && first is not null
            ? (LaneRows.Place(first), LaneRows.Reason(first))
            : (head.First, head.Reason);
        var closes = losesLast && last is not null ? LaneRows.Place(last) : head.Last;
        var next = head.WithLeft(left, opens, closes);
        var blobs = leaving.Select(row => row.GetString(RowFormat.Blob)).OfType<string>().ToList();
        return new LaneChange<Leaving>(
            new Leaving(left, blobs, next.Waiting == 0 ? next.Next - 1 : null),
            next,
            [.. leaving.SelectMany(row => LaneRows.Take(lane, row))],
            Work(left.Length, 0));
    }

    /// <summary>For each position whether the lane holds it.</summary>
    private async Task<bool[]> HoldsAsync(LaneKey lane, IReadOnlyList<string> positions, CancellationToken cancel)
    {
        var holds = new List<bool>(positions.Count);
        foreach (var some in positions.Chunk(account.Options.Parallel))
            holds.AddRange(await Task.WhenAll(some.Select(position => HoldsAsync(lane, position, cancel))));
        return [.. holds];
    }

    private async Task<bool> HoldsAsync(LaneKey lane, string position, CancellationToken cancel)
    {
        var found = await account.Parking.GetEntityIfExistsAsync<TableEntity>(
            lane.Partition, LaneRows.PositionKey(position), PositionRow, cancel);
        if (found.HasValue) RowFormat.Check(found.Value!, position);
        return found.HasValue;
    }

    private async Task<LaneHead> HeadAsync(LaneKey lane, CancellationToken cancel)
    {
        var found = await account.Parking.GetEntityIfExistsAsync<TableEntity>(
            lane.Partition, LaneHead.RowKey, cancellationToken: cancel);
        return found.HasValue ? LaneHead.Of(RowFormat.Check(found.Value!, lane.Key)) : LaneHead.None;
    }

    /// <summary>Deletes the blobs of what left; an empty lane's also those that a crash left behind.</summary>
    private async Task CleanAsync(LaneKey lane, Leaving leaving, CancellationToken cancel)
    {
        try
        {
            foreach (var blob in leaving.Blobs)
                await account.LargeContainer.DeleteBlobIfExistsAsync(blob, cancellationToken: cancel);
            if (leaving.EmptyTo is { } last) await account.Large.CleanAsync(lane.Owner, last, null, cancel);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogNotCleaned(logger, error);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Blobs of signals that left their lane could not be deleted; emptying the lane tries again")]
    private static partial void LogNotCleaned(ILogger log, Exception error);

    /// <summary>A change of a lane.</summary>
    /// <param name="Result">What the caller is told when it is stored.</param>
    /// <param name="Head">The head after it; null where there is nothing to change.</param>
    /// <param name="Rows">What it does beside the head.</param>
    /// <param name="Work">What is counted of it.</param>
    private sealed record LaneChange<T>(
        T Result, LaneHead? Head, IReadOnlyList<TableTransactionAction> Rows, TransactionWork Work);

    /// <summary>What leaves a lane.</summary>
    /// <param name="Exits">The signals.</param>
    /// <param name="Blobs">The blobs of the large ones.</param>
    /// <param name="EmptyTo">Where the lane is empty then, the last sequence that it gave.</param>
    private sealed record Leaving(LaneExit[] Exits, IReadOnlyList<string> Blobs, long? EmptyTo);
}
