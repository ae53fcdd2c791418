using System.IO.Hashing;
using System.Runtime.CompilerServices;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Gives the condition that was made from the same parts before, so that an alert's key is written once.</summary>
/// <remarks>Parts that come again are interned, so it is enough to tell whether they are the same objects; only dimensions are
/// compared by their bytes. Where the places of a hash are taken, a newcomer takes one of them.</remarks>
internal sealed class ConditionCache
{
    // Conditions with more parts or longer ones are made anew each time; a full cache then holds at most 16 MB.
    private const int MaxParts = 32;
    private const int MaxLength = 1_024;
    private const int Slots = 4_096;
    private const int Ways = 4;
    private const ulong Spread = 0x9e37_79b9_7f4a_7c15;

    private readonly Place[] places = new Place[Slots];
    private readonly object[] parts = new object[MaxParts];
    private long shape; // The kind, then a bit for each part that was added: whether it was there.
    private AlertDimensions? dimensions;
    private int count;
    private ulong hash;

    private ReadOnlySpan<byte> Dimensions => dimensions is null ? default : dimensions.Bytes;

    private int First => (int)(hash >> 32) & (Slots - 1);

    /// <summary>Begins the parts of a condition; those of different kinds never meet.</summary>
    public void Start(int kind)
    {
        shape = ((long)kind << 1) | 1; // An empty place has none.
        count = 0;
        dimensions = null;
        hash = (ulong)kind;
    }

    /// <summary>Adds a part, a text or a resource; a missing one is another than an empty one.</summary>
    public void Add(object? part)
    {
        shape <<= 1;
        if (part is null) return;
        shape |= 1;
        if (count < MaxParts) parts[count] = part;
        count++;
        hash = (hash ^ (uint)RuntimeHelpers.GetHashCode(part)) * Spread;
    }

    /// <summary>Adds the dimensions, which must stay as they are until the condition is found or kept.</summary>
    public void Add(AlertDimensions added)
    {
        dimensions = added;
        if (added.Count == 0) return;
        foreach (var resource in added.Resources) Add(resource);
        hash = (hash ^ XxHash3.HashToUInt64(added.Bytes)) * Spread;
    }

    /// <summary>The condition that was kept for these parts; null for none.</summary>
    public Condition? Find()
    {
        if (count > MaxParts) return null;
        for (var way = 0; way < Ways; way++)
        {
            ref var place = ref places[First ^ way];
            if (place.Hash != hash || place.Shape != shape || !AreSame(place.Parts, parts.AsSpan(0, count))) continue;
            if (Dimensions.SequenceEqual(place.Dimensions)) return place.Condition;
        }

        return null;
    }

    /// <summary>Keeps the condition of these parts.</summary>
    public Condition Keep(Condition condition)
    {
        if (count > MaxParts || parts[..count].Sum(LengthOf) + Dimensions.Length > MaxLength) return condition;
        var free = 0;
        while (free < Ways && places[First ^ free].Parts is not null) free++;
        places[First ^ (free < Ways ? free : (int)(hash & (Ways - 1)))] =
            new Place(hash, shape, parts[..count], Dimensions.ToArray(), condition);
        return condition;
    }

    private static bool AreSame(object[] known, ReadOnlySpan<object> parts)
    {
        if (known.Length != parts.Length) return false;
        for (var i = 0; i < known.Length; i++)
        {
            if (!ReferenceEquals(known[i], parts[i])) return false;
        }

        return true;
    }

    private static int LengthOf(object part) => part is ResourceId id ? id.Display.Length : ((string)part).Length;

    private readonly record struct Place(ulong Hash, long Shape, object[] Parts, byte[] Dimensions, Condition Condition);
}
