using Azure.Data.Tables;

namespace Correlation.Storage.Azure;

/// <summary>The properties that rows of several tables have.</summary>
/// <remarks>Names are short: they are stored with every row and count towards its size.</remarks>
internal static class RowFormat
{
    /// <summary>The version of the rows that this program writes.</summary>
    public const int RowVersion = 1;

    /// <summary>The version of the row's form.</summary>
    public const string Schema = "V";

    /// <summary>The etag of the seam: 1, 2, 3, …</summary>
    public const string ETag = "E";

    /// <summary>The id of the write that wrote the row.</summary>
    public const string Write = "W";

    /// <summary>The whole key, where the row's keys do not say it.</summary>
    public const string Key = "Key";

    /// <summary>The name of the blob that holds the data, where the row does not.</summary>
    public const string Blob = "Blob";

    /// <summary>The data: <c>Data</c>, <c>Data1</c>, … <c>Data14</c>, 64 KiB each.</summary>
    public const string Data = "Data";

    /// <summary>How much data a row holds; a row is at most 1 MiB with all its properties.</summary>
    public const int InlineBytes = 15 * PieceBytes;

    private const int PieceBytes = 64 * 1024;

    /// <summary>Refuses a row that a newer program wrote.</summary>
    public static TableEntity Check(TableEntity row)
    {
        if (row.GetInt32(Schema) is { } version and >= 1 and <= RowVersion) return row;
        throw new InvalidDataException(
            $"A stored row is of version {row.GetInt32(Schema)}; this program knows versions up to {RowVersion}.");
    }

    /// <summary>Refuses a row of another key whose cut form is the same.</summary>
    public static TableEntity Check(TableEntity row, string key)
    {
        Check(row);
        if (row.GetString(Key) is { } stored && stored != Written(key))
            throw new InvalidDataException("Two keys have the same stored form.");
        return row;
    }

    /// <summary>A key as a property: text in a table is XML and JSON on its way, where not every character arrives.</summary>
    public static string Written(string key) => Uri.EscapeDataString(key);

    /// <summary>A key from its property.</summary>
    public static string Read(string written) => Uri.UnescapeDataString(written);

    /// <summary>Spreads data over a row's properties.</summary>
    public static void Put(TableEntity row, string name, ReadOnlySpan<byte> data)
    {
        for (var piece = 0; data.Length > 0; piece++)
        {
            var length = Math.Min(PieceBytes, data.Length);
            row[Name(name, piece)] = data[..length].ToArray();
            data = data[length..];
        }
    }

    /// <summary>The data that a row's properties hold.</summary>
    public static byte[] Take(TableEntity row, string name)
    {
        if (row.GetBinary(Name(name, 1)) is null) return row.GetBinary(name) ?? [];
        using var whole = new MemoryStream();
        for (var piece = 0; row.GetBinary(Name(name, piece)) is { } bytes; piece++) whole.Write(bytes);
        return whole.ToArray();
    }

    private static string Name(string name, int piece) => piece == 0 ? name : $"{name}{piece}";
}
