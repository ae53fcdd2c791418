using Azure;
using Azure.Data.Tables;

namespace Correlation.Storage.Azure;

/// <summary>One row of a call that writes state rows, on its way.</summary>
/// <param name="index">Its place in the call.</param>
/// <param name="write">What is to be written.</param>
internal sealed class StateRowWrite(int index, StateWrite write)
{
    public int Index { get; } = index;

    public string Key { get; } = write.Key;

    public long ExpectedETag { get; } = write.ExpectedETag;

    public ReadOnlyMemory<byte> Data { get; } = write.Data;

    /// <summary>The row's key in the table.</summary>
    public string RowKey { get; } = StoredKey.Of(write.Key);

    /// <summary>The etag in Azure of the row that this replaces; null where it is not known yet or there is none.</summary>
    public ETag? Replaces { get; set; }

    /// <summary>Whether the row that this replaces has a blob.</summary>
    public bool ReplacesBlob { get; set; }

    /// <summary>The blob that holds the data; null where the row does.</summary>
    public string? Blob { get; set; }

    public bool IsLarge => Data.Length > RowFormat.InlineBytes;

    /// <summary>Whether the row must be read before it can be written.</summary>
    public bool IsUnknown => ExpectedETag > 0 && Replaces is null;

    /// <summary>What it takes in a transaction.</summary>
    public int Weight => TableTransactions.RowOverhead + 4 * RowKey.Length + (IsLarge ? 0 : Data.Length);

    /// <summary>Takes what a hint says.</summary>
    public void Take(long hint)
    {
        if (ExpectedETag == 0 || !StateHint.TryUnpack(hint, ExpectedETag, out var azure, out var hasBlob)) return;
        (Replaces, ReplacesBlob) = (azure, hasBlob);
    }

    /// <summary>The row as an action of a transaction.</summary>
    public TableTransactionAction Action(string partition, string id)
    {
        var row = new TableEntity(partition, RowKey)
        {
            [RowFormat.Schema] = RowFormat.RowVersion, [RowFormat.ETag] = ExpectedETag + 1, [RowFormat.Write] = id,
        };
        if (StoredKey.IsCut(RowKey)) row[RowFormat.Key] = RowFormat.Written(Key);
        if (Blob is not null) row[RowFormat.Blob] = Blob;
        else RowFormat.Put(row, RowFormat.Data, Data.Span);
        return ExpectedETag == 0
            ? new TableTransactionAction(TableTransactionActionType.Add, row)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, Replaces!.Value);
    }
}
