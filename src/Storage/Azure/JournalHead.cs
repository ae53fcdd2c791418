using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Azure;
using Azure.Data.Tables;

namespace Correlation.Storage.Azure;

/// <summary>A journal's head row: how far it is, and the ids of its packed events.</summary>
/// <param name="Version">The version: how many events were ever appended.</param>
/// <param name="SnapshotVersion">The version of the snapshot; 0 where there is none.</param>
/// <param name="Write">The id of the write that wrote the head.</param>
/// <param name="PackedTo">The version of the newest packed event; 0 where there is none after the snapshot.</param>
/// <param name="PackedIds">The hashes of the packed events' ids, 16 bytes each.</param>
/// <param name="Row">The etag; null where there is no head yet.</param>
internal sealed record JournalHead(
    long Version, long SnapshotVersion, string? Write, long PackedTo, byte[] PackedIds, ETag? Row)
{
    /// <summary>The head's row key: no other row's begins with a digit, and all others come after it.</summary>
    public const string RowKey = "0";

    /// <summary>The head of a journal that there is not.</summary>
    public static readonly JournalHead None = new(0, 0, null, 0, [], null);

    private const int HashBytes = 16;
    private const string VersionProperty = "Version";
    private const string SnapshotProperty = "Snapshot";
    private const string PackedProperty = "PackedTo";
    private const string IdsProperty = "Ids";
    private const string IdsLengthProperty = "IdsLength";

    /// <summary>Reads a head.</summary>
    public static JournalHead Of(TableEntity row, string journal)
    {
        RowFormat.Check(row, journal);
        var ids = RowFormat.Take(row, IdsProperty);
        return new JournalHead(
            row.GetInt64(VersionProperty)!.Value,
            row.GetInt64(SnapshotProperty)!.Value,
            row.GetString(RowFormat.Write),
            row.GetInt64(PackedProperty)!.Value,
            ids[..row.GetInt32(IdsLengthProperty)!.Value],
            row.ETag);
    }

    /// <summary>The head after packed events.</summary>
    /// <exception cref="InvalidOperationException">The head cannot hold the ids of so many packed events.</exception>
    public JournalHead WithPacked(IEnumerable<string> ids, long last)
    {
        byte[] all = [.. PackedIds, .. ids.SelectMany(Hash)];
        if (all.Length > RowFormat.InlineBytes)
            throw new InvalidOperationException("The journal holds too many packed events without a snapshot.");
        return this with { PackedTo = last, PackedIds = all };
    }

    /// <summary>The head after a snapshot.</summary>
    public JournalHead WithSnapshot(long version) =>
        PackedTo > version
            ? this with { SnapshotVersion = version }
            : this with { SnapshotVersion = version, PackedTo = 0, PackedIds = [] };

    /// <summary>Whether one of the ids may be that of a packed event.</summary>
    public bool Packs(IEnumerable<string> ids)
    {
        if (PackedIds.Length == 0) return false;
        var held = Enumerable.Range(0, PackedIds.Length / HashBytes)
            .Select(at => Convert.ToHexString(PackedIds, at * HashBytes, HashBytes)).ToHashSet();
        return ids.Any(id => held.Contains(Convert.ToHexString(Hash(id))));
    }

    /// <summary>The action that takes the stored head from this one to the next; it fails where somebody else has.</summary>
    public TableTransactionAction To(JournalHead next, string partition, string journal)
    {
        var row = new TableEntity(partition, RowKey)
        {
            [RowFormat.Schema] = RowFormat.RowVersion,
            [RowFormat.Write] = next.Write,
            [VersionProperty] = next.Version,
            [SnapshotProperty] = next.SnapshotVersion,
            [PackedProperty] = next.PackedTo,
            [IdsLengthProperty] = next.PackedIds.Length,
        };
        if (next.PackedIds != PackedIds) RowFormat.Put(row, IdsProperty, next.PackedIds);
        if (Row is { } etag) return new TableTransactionAction(TableTransactionActionType.UpdateMerge, row, etag);
        row[RowFormat.Key] = RowFormat.Written(journal);
        return new TableTransactionAction(TableTransactionActionType.Add, row);
    }

    /// <summary>A version as part of a row key, so that rows sort by it.</summary>
    public static string Text(long version) => version.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>Reads the keys of the journals whose head rows these are.</summary>
    public static string KeyOf(TableEntity row) => RowFormat.Read(row.GetString(RowFormat.Key));

    private static byte[] Hash(string id) => XxHash128.Hash(Encoding.UTF8.GetBytes(id));
}
