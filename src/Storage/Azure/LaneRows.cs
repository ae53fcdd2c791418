using Azure;
using Azure.Data.Tables;

namespace Correlation.Storage.Azure;

/// <summary>The rows of a lane's signals: one by sequence for the order, one by position, which tells whether the lane holds it.
/// </summary>
internal static class LaneRows
{
    /// <summary>How many signals come or go in one transaction; each has two rows, and the head is one more.</summary>
    public const int SignalsMax = (TableTransactions.RowsMax / 2) - 1;

    /// <summary>What a row tells without its data.</summary>
    public static readonly string[] Described = [RowFormat.Schema, Number, PositionText, ReasonText, At, RowFormat.Blob];

    private const string Number = "Number";
    private const string PositionText = "Position";
    private const string ReasonText = "Reason";
    private const string At = "At";
    private const string Ordinal = "Ordinal";

    /// <summary>Splits signals so that each part fits into a transaction.</summary>
    public static IEnumerable<IReadOnlyList<SignalToPark>> Parts(IEnumerable<SignalToPark> signals)
    {
        var (part, bytes) = (new List<SignalToPark>(), 0);
        foreach (var signal in signals)
        {
            var size = TableTransactions.RowOverhead + (signal.Data.Length > RowFormat.InlineBytes ? 0 : signal.Data.Length);
            if (part.Count == SignalsMax || (part.Count > 0 && bytes + size > TableTransactions.BytesMax / 2))
            {
                yield return part;
                (part, bytes) = ([], 0);
            }

            part.Add(signal);
            bytes += size;
        }

        if (part.Count > 0) yield return part;
    }

    /// <summary>The key of the row by position.</summary>
    public static string PositionKey(string position) => "p" + StoredKey.Of(position);

    /// <summary>The filter for signals by sequence, between two of them, in order.</summary>
    public static string Between(LaneKey lane, long first, long last) => TableClient.CreateQueryFilter(
        $"PartitionKey eq {lane.Partition} and RowKey ge {NumberKey(first)} and RowKey le {NumberKey(last)}");

    /// <summary>The actions that put a signal into a lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="sequence">The signal's sequence.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="reason">Why it is parked.</param>
    /// <param name="blob">The blob that holds its data, where that is too large for a row.</param>
    public static IEnumerable<TableTransactionAction> Put(
        LaneKey lane, long sequence, SignalToPark signal, string reason, string? blob)
    {
        var row = Row(lane, NumberKey(sequence), sequence);
        (row[PositionText], row[ReasonText]) = (RowFormat.Written(signal.Position), RowFormat.Written(reason));
        (row[At], row[Ordinal]) = (signal.LogTime.UtcTicks, signal.Ordinal);
        if (blob is null) RowFormat.Put(row, RowFormat.Data, signal.Data);
        else row[RowFormat.Blob] = blob;
        yield return new TableTransactionAction(TableTransactionActionType.Add, row);
        var position = Row(lane, PositionKey(signal.Position), sequence);
        if (StoredKey.IsCut(position.RowKey[1..])) position[RowFormat.Key] = RowFormat.Written(signal.Position);
        yield return new TableTransactionAction(TableTransactionActionType.Add, position);
    }

    /// <summary>The actions that take a signal out of a lane.</summary>
    public static IEnumerable<TableTransactionAction> Take(LaneKey lane, TableEntity row)
    {
        var sequence = Sequence(row);
        var signal = Row(lane, NumberKey(sequence), sequence);
        var position = Row(lane, PositionKey(RowFormat.Read(row.GetString(PositionText))), sequence);
        yield return new TableTransactionAction(TableTransactionActionType.Delete, signal, ETag.All);
        yield return new TableTransactionAction(TableTransactionActionType.Delete, position, ETag.All);
    }

    /// <summary>The sequence of a signal.</summary>
    public static long Sequence(TableEntity row) => row.GetInt64(Number)!.Value;

    /// <summary>A signal's place in its lane.</summary>
    public static LanePlace Place(TableEntity row) => new(Sequence(row), LogTime(row));

    /// <summary>Why a signal was parked.</summary>
    public static string Reason(TableEntity row) => RowFormat.Read(row.GetString(ReasonText));

    /// <summary>A signal with its data.</summary>
    public static ParkedSignal Signal(TableEntity row, byte[] data) =>
        new(Sequence(row), RowFormat.Read(row.GetString(PositionText)), Reason(row), LogTime(row), data)
        {
            Ordinal = row.GetInt32(Ordinal),
        };

    private static string NumberKey(long sequence) => "s" + JournalHead.Text(sequence);

    private static DateTimeOffset LogTime(TableEntity row) => new(row.GetInt64(At)!.Value, TimeSpan.Zero);

    private static TableEntity Row(LaneKey lane, string rowKey, long sequence) =>
        new(lane.Partition, rowKey) { [RowFormat.Schema] = RowFormat.RowVersion, [Number] = sequence };
}
