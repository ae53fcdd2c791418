using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Correlation.Decoding;

/// <summary>Gives one object for equal bytes, so that ids and names that come again and again are allocated once.</summary>
/// <remarks>A text has few places by its hash, side by side; where they are taken, a newcomer takes one of them. So it never
/// grows and is never cleared. Safe for concurrent use: a place holds one object, and an object knows its text; what two put
/// into one place at once is found, or not.</remarks>
/// <param name="slots">How many are kept; a power of two.</param>
/// <param name="create">Makes the object of a text; null where the text makes none.</param>
/// <param name="textOf">The text of an object. One that is not ASCII, or not what it was made of, is not found again.</param>
internal sealed class Interned<T>(int slots, Func<string, T?> create, Func<T, string> textOf)
    where T : class
{
    private const int Ways = 4;
    private const ulong Spread = 0x9e37_79b9_7f4a_7c15;

    private readonly (ulong Hash, T? Value)[] places = new (ulong, T?)[slots];

    /// <summary>The object for a text; null where the text makes none.</summary>
    public T? Get(ReadOnlySpan<byte> utf8)
    {
        var hash = HashOf(utf8);
        return Find(utf8, hash) ?? Make(utf8, hash);
    }

    /// <summary>The object that is kept for a text; null for none.</summary>
    public T? Find(ReadOnlySpan<byte> utf8) => Find(utf8, HashOf(utf8));

    private T? Find(ReadOnlySpan<byte> utf8, ulong hash)
    {
        var first = First(hash);
        for (var way = 0; way < Ways; way++)
        {
            ref var place = ref places[first ^ way];
            if (place.Hash == hash && place.Value is { } value && Ascii.Equals(utf8, textOf(value))) return value;
        }

        return null;
    }

    private T? Make(ReadOnlySpan<byte> utf8, ulong hash)
    {
        var made = create(Encoding.UTF8.GetString(utf8));
        if (made is null) return null;
        var first = First(hash);
        var free = 0;
        while (free < Ways && places[first ^ free].Value is not null) free++;
        places[first ^ (free < Ways ? free : (int)(hash >> 62))] = (hash, made);
        return made;
    }

    // Most names are short: a word from either end is the whole of them.
    private static ulong HashOf(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is < sizeof(ulong) or > 2 * sizeof(ulong)) return XxHash3.HashToUInt64(utf8);
        var start = BinaryPrimitives.ReadUInt64LittleEndian(utf8);
        var end = BinaryPrimitives.ReadUInt64LittleEndian(utf8[^sizeof(ulong)..]);
        var high = Math.BigMul(start ^ Spread, end ^ ((ulong)utf8.Length * Spread), out var low);
        return high ^ low;
    }

    private int First(ulong hash) => (int)(hash & (ulong)(slots - 1));
}
