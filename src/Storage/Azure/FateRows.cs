using System.Globalization;
using Azure.Data.Tables;

namespace Correlation.Storage.Azure;

/// <summary>The fates of a partition's messages, as rows beside its checkpoint.</summary>
/// <remarks>A row's key is epoch and last offset, so that the record that holds a message is the first at or after it. Usually a
/// row holds one record; where a checkpoint passes more than fit into a transaction, a row holds several of one epoch.</remarks>
internal static class FateRows
{
    private const int BytesMax = TableTransactions.BytesMax / 2;
    private const char Letter = 'f';
    private const string LastProperty = "Last";

    /// <summary>Spreads records over at most so many rows.</summary>
    /// <exception cref="ArgumentException">They do not fit into a transaction.</exception>
    public static IEnumerable<TableEntity> Of(string partition, IReadOnlyList<FateRecord> fates, int rowsMax)
    {
        var bytes = fates.Sum(fate => (long)fate.Data.Length);
        if (bytes > BytesMax)
            throw new ArgumentException($"{bytes} bytes of fates are over the limit of {BytesMax} a checkpoint.");
        var each = (fates.Count + rowsMax - 1) / rowsMax;
        foreach (var epoch in fates.GroupBy(fate => fate.Epoch))
        {
            foreach (var some in epoch.OrderBy(fate => fate.Last).Chunk(each)) yield return Row(partition, some);
        }
    }

    /// <summary>The filter for the rows of an epoch from an offset on, in order.</summary>
    public static string From(string partition, int epoch, long offset)
    {
        var (from, to) = (RowKey(epoch, offset), RowKey(epoch, long.MaxValue));
        return TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey le {to}");
    }

    /// <summary>The filter for the rows of an epoch that hold records below an offset.</summary>
    public static string Below(string partition, int epoch, long offset)
    {
        var (from, to) = (RowKey(epoch, 0), RowKey(epoch, long.MaxValue));
        return TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey ge {from} and RowKey le {to} and First lt {offset}");
    }

    /// <summary>The records of a row.</summary>
    public static List<FateRecord> Read(TableEntity row)
    {
        RowFormat.Check(row);
        using var reader = new BinaryReader(new MemoryStream(RowFormat.Take(row, RowFormat.Data)));
        var fates = new List<FateRecord>(reader.Read7BitEncodedInt());
        for (var left = fates.Capacity; left > 0; left--)
        {
            var (epoch, first, last) = (reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt64());
            fates.Add(new FateRecord(epoch, first, last, reader.ReadBytes(reader.Read7BitEncodedInt())));
        }

        return fates;
    }

    /// <summary>A row of records of one epoch, in order.</summary>
    /// <exception cref="ArgumentException">They do not fit.</exception>
    public static TableEntity Row(string partition, IReadOnlyList<FateRecord> fates)
    {
        var bytes = Write(fates);
        if (bytes.Length > RowFormat.InlineBytes)
            throw new ArgumentException($"{bytes.Length} bytes of fates are over the limit of {RowFormat.InlineBytes} a row.");
        var row = new TableEntity(partition, RowKey(fates[0].Epoch, fates[^1].Last))
        {
            [RowFormat.Schema] = RowFormat.RowVersion, ["First"] = fates[0].First, [LastProperty] = fates[^1].Last,
        };
        RowFormat.Put(row, RowFormat.Data, bytes);
        return row;
    }

    private static byte[] Write(IReadOnlyList<FateRecord> fates)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write7BitEncodedInt(fates.Count);
        foreach (var fate in fates)
        {
            writer.Write(fate.Epoch);
            writer.Write(fate.First);
            writer.Write(fate.Last);
            writer.Write7BitEncodedInt(fate.Data.Length);
            writer.Write(fate.Data);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    private static string RowKey(int epoch, long last) =>
        string.Create(CultureInfo.InvariantCulture, $"{Letter}{epoch:D10}-{last:D19}");
}
