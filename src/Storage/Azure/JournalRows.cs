using System.Text;
using Azure.Data.Tables;

namespace Correlation.Storage.Azure;

/// <summary>The rows of a journal beside its head.</summary>
/// <remarks>
/// An event's row is keyed by the event's id, so that the table itself refuses an id that is there. What does not fit into one
/// transaction (more than 99 events, or large ones) is packed into one row, or into a blob that a row names. A snapshot is a row,
/// or a blob that a row names. Each row says the first and last version it stands for.
/// </remarks>
internal static class JournalRows
{
    /// <summary>The most events of one append that get rows of their own; the head takes a place too.</summary>
    public const int EventsMax = TableTransactions.RowsMax - 1;

    private const char EventLetter = 'e';
    private const char PackLetter = 'p';
    private const char SnapshotLetter = 's';
    private const string IdProperty = "Id";
    private const string First = "First";
    private const string Last = "Last";

    /// <summary>The properties that say what a row stands for, without its data.</summary>
    public static readonly string[] Described = ["PartitionKey", "RowKey", RowFormat.Schema, RowFormat.Blob, Last];

    /// <summary>Whether the events can have rows of their own.</summary>
    public static bool Fit(IReadOnlyList<JournalEvent> events) =>
        events.Count <= EventsMax
        && events.All(one => one.Data.Length <= RowFormat.InlineBytes)
        && events.Sum(Weight) <= TableTransactions.BytesMax;

    /// <summary>What an event's row takes in a transaction; its id is there twice, and escaped.</summary>
    private static long Weight(JournalEvent one) => one.Data.Length + (20L * one.Id.Length) + TableTransactions.RowOverhead;

    /// <summary>The key of an event's row.</summary>
    public static string EventKey(string id) => EventLetter + StoredKey.Of(id);

    /// <summary>The key of a packed row.</summary>
    public static string PackKey(long first) => PackLetter + JournalHead.Text(first);

    /// <summary>The key of a snapshot's row.</summary>
    public static string SnapshotKey(long version) => SnapshotLetter + JournalHead.Text(version);

    /// <summary>An event's row.</summary>
    public static TableEntity Event(string partition, JournalEvent one, long version, string write)
    {
        var row = Row(partition, EventKey(one.Id), (version, version), write);
        row[IdProperty] = RowFormat.Written(one.Id);
        RowFormat.Put(row, RowFormat.Data, one.Data);
        return row;
    }

    /// <summary>A row that stands for several versions and holds data or names a blob: packed events, or a snapshot.</summary>
    public static TableEntity Held(string partition, string rowKey, (long First, long Last) versions, HeldData data, string write)
    {
        var row = Row(partition, rowKey, versions, write);
        if (data.Blob is not null) row[RowFormat.Blob] = data.Blob;
        else RowFormat.Put(row, RowFormat.Data, data.Bytes.Span);
        return row;
    }

    /// <summary>Whether a row is not needed any more once there is a snapshot as of a version.</summary>
    public static bool IsPast(TableEntity row, long snapshot) =>
        row.RowKey != JournalHead.RowKey && row.RowKey != SnapshotKey(snapshot) && row.GetInt64(Last) <= snapshot;

    /// <summary>The filter for the rows that <see cref="IsPast"/> may hold for.</summary>
    public static string Past(string partition, long snapshot) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {partition} and Last le {snapshot}");

    /// <summary>The events of a row, with their versions.</summary>
    public static IEnumerable<(long Version, JournalEvent Event)> Events(TableEntity row, byte[]? blob)
    {
        var version = row.GetInt64(First)!.Value;
        if (row.RowKey[0] == EventLetter)
            return [(version, new JournalEvent(RowFormat.Read(row.GetString(IdProperty)), RowFormat.Take(row, RowFormat.Data)))];
        return Unpack(blob ?? RowFormat.Take(row, RowFormat.Data)).Select((one, index) => (version + index, one));
    }

    /// <summary>Whether a row holds events of some of the versions after one and up to another.</summary>
    public static bool HoldsEvents(TableEntity row, long after, long upTo) =>
        row.RowKey[0] is EventLetter or PackLetter && row.GetInt64(Last) > after && row.GetInt64(First) <= upTo;

    /// <summary>Packs events.</summary>
    public static byte[] Pack(IReadOnlyList<JournalEvent> events)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write7BitEncodedInt(events.Count);
        foreach (var one in events)
        {
            writer.Write(one.Id);
            writer.Write7BitEncodedInt(one.Data.Length);
            writer.Write(one.Data);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    private static List<JournalEvent> Unpack(byte[] packed)
    {
        using var reader = new BinaryReader(new MemoryStream(packed), Encoding.UTF8);
        var events = new List<JournalEvent>(reader.Read7BitEncodedInt());
        for (var left = events.Capacity; left > 0; left--)
            events.Add(new JournalEvent(reader.ReadString(), reader.ReadBytes(reader.Read7BitEncodedInt())));
        return events;
    }

    private static TableEntity Row(string partition, string rowKey, (long First, long Last) versions, string write) =>
        new(partition, rowKey)
        {
            [RowFormat.Schema] = RowFormat.RowVersion,
            [RowFormat.Write] = write,
            [First] = versions.First,
            [Last] = versions.Last,
        };
}

/// <summary>Data that a row holds, or the name of the blob that does.</summary>
internal readonly record struct HeldData(ReadOnlyMemory<byte> Bytes, string? Blob);
