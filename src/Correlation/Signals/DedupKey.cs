using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Correlation.Signals;

/// <summary>128 bits that are equal for two records that say the same thing of the same resource.</summary>
/// <remarks>
/// Made from what identifies a record by its kind (an alert's id and state, an activity-log entry's eventDataId, a metric's
/// resource, name, grain and time). XxHash128: an accidental collision is out of reach; one made on purpose can only hide a
/// signal of the same resource from its own sender.
/// </remarks>
[GenerateSerializer, Immutable, Alias("dedup-key")]
public readonly record struct DedupKey([property: Id(0)] ulong High, [property: Id(1)] ulong Low)
{
    /// <summary>The key of raw bytes.</summary>
    public static DedupKey Of(ReadOnlySpan<byte> bytes)
    {
        var hash = XxHash128.HashToUInt128(bytes);
        return new DedupKey((ulong)(hash >> 64), (ulong)hash);
    }

    /// <summary>The key of a text, by its UTF-16 form.</summary>
    public static DedupKey Of(string text) => Of(text.AsSpan());

    /// <summary>The key of a text, by its UTF-16 form.</summary>
    public static DedupKey Of(ReadOnlySpan<char> text) => Of(MemoryMarshal.AsBytes(text));

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => $"{High:x16}{Low:x16}";
}
