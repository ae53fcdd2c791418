using System.IO.Hashing;
using System.Text;

namespace Correlation.Decoding;

/// <summary>Gives one object for equal bytes, so that ids and names that come again and again are allocated once.</summary>
/// <remarks>A text has few places by its hash, side by side; where they are taken, a newcomer takes one of them. So it never
/// grows and is never cleared. The text lies beside the object, for most of its cost is waiting for memory.</remarks>
/// <param name="slots">How many are kept; a power of two.</param>
/// <param name="create">Makes the object of a text; null where the text makes none.</param>
/// <param name="textOf">The text of an object. One that is not ASCII, or not what the object was made of, is not found
/// again.</param>
internal sealed class Interned<T>(int slots, Func<string, T?> create, Func<T, string> textOf)
    where T : class
{
    private const int Ways = 4;

    private readonly (ulong Hash, string? Text, T? Value)[] places = new (ulong, string?, T?)[slots];

    /// <summary>The object for a text; null where the text makes none.</summary>
    public T? Get(ReadOnlySpan<byte> utf8)
    {
        var hash = XxHash3.HashToUInt64(utf8);
        return Find(utf8, hash) ?? Make(utf8, hash);
    }

    /// <summary>The object that is kept for a text; null for none.</summary>
    public T? Find(ReadOnlySpan<byte> utf8) => Find(utf8, XxHash3.HashToUInt64(utf8));

    private T? Find(ReadOnlySpan<byte> utf8, ulong hash)
    {
        var first = First(hash);
        for (var way = 0; way < Ways; way++)
        {
            ref var place = ref places[first ^ way];
            if (place.Hash == hash && Ascii.Equals(utf8, place.Text)) return place.Value;
        }

        return null;
    }

    private T? Make(ReadOnlySpan<byte> utf8, ulong hash)
    {
        var made = create(Encoding.UTF8.GetString(utf8));
        if (made is null) return null;
        var first = First(hash);
        var free = 0;
        while (free < Ways && places[first ^ free].Text is not null) free++;
        places[first ^ (free < Ways ? free : (int)(hash >> 62))] = (hash, textOf(made), made);
        return made;
    }

    private int First(ulong hash) => (int)(hash & (ulong)(slots - 1));
}
