using System.IO.Hashing;
using System.Text;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Gives one object for equal bytes, so that ids and names that come again and again are allocated once.</summary>
/// <remarks>A text has few places by its hash, side by side; where they are taken, a newcomer takes one of them. So it never
/// grows and is never cleared.</remarks>
internal sealed class Interned<T>(int slots, Func<string, T?> create, Func<T, string> textOf)
    where T : class
{
    private const int Ways = 4;

    private readonly (ulong Hash, T? Value)[] places = new (ulong, T?)[slots];

    /// <summary>The object for a text; null where the text makes none.</summary>
    public T? Get(ReadOnlySpan<byte> utf8)
    {
        var hash = XxHash3.HashToUInt64(utf8);
        var first = (int)(hash & (ulong)(slots - 1));
        for (var way = 0; way < Ways; way++)
        {
            ref var place = ref places[first ^ way];
            if (place.Hash == hash && place.Value is { } known && Ascii.Equals(utf8, textOf(known))) return known;
        }

        return Make(utf8, hash, first);
    }

    private T? Make(ReadOnlySpan<byte> utf8, ulong hash, int first)
    {
        var made = create(Encoding.UTF8.GetString(utf8));
        if (made is null) return null;
        var free = 0;
        while (free < Ways && places[first ^ free].Value is not null) free++;
        places[first ^ (free < Ways ? free : (int)(hash >> 62))] = (hash, made);
        return made;
    }
}

/// <summary>What a decoder keeps from one message to the next.</summary>
internal sealed class DecodeCaches
{
    /// <summary>Most resource ids that are kept; a power of two. A full cache holds about 20 MB.</summary>
    public const int MaxIds = 32_768;

    /// <summary>Most names that are kept; a power of two.</summary>
    public const int MaxNames = 4_096;

    /// <summary>The longest name that is kept, in bytes.</summary>
    public const int MaxNameBytes = 256;

    // A longer text cannot be an id: an escape takes three bytes for one, and six in JSON.
    private const int MaxIdBytes = ResourceId.MaxLength * 6;

    private readonly Interned<ResourceId> ids = new(MaxIds, ResourceId.TryParse, static id => id.Display);

    /// <summary>The resource of an id as the payload has it (without JSON escapes); null where it is none.</summary>
    public ResourceId? Resource(ReadOnlySpan<byte> utf8) => utf8.Length is 0 or > MaxIdBytes ? null : ids.Get(utf8);

    /// <summary>The one writer of dedup keys.</summary>
    public DedupWriter Dedup { get; } = new();

    /// <summary>The signals of the message that is decoded now.</summary>
    public List<Signal> Signals { get; } = [];

    /// <summary>Room to put texts together in.</summary>
    public char[] Scratch { get; } = new char[4 * ResourceId.MaxLength];

    /// <summary>Names: metrics, categories, operations, regions.</summary>
    public Interned<string> Names { get; } = new(MaxNames, static text => text, static text => text);
}
