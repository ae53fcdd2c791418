using System.Runtime.CompilerServices;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Gives the condition that was made from the same parts before, so that an alert's key is written once.</summary>
/// <remarks>The parts are compared, not only their hash; that is of the strings' identity, for those that come again are
/// interned. Where the places of a hash are taken, a newcomer takes one of them.</remarks>
internal sealed class ConditionCache
{
    // Conditions with more parts or longer ones are made anew each time; a full cache then holds at most 8 MB.
    private const int MaxParts = 32;
    private const int MaxLength = 1_024;
    private const int Slots = 2_048;
    private const int Ways = 4;
    private const ulong Spread = 0x9e37_79b9_7f4a_7c15;

    private readonly (ulong Hash, int Kind, string?[] Parts, Condition Condition)[] places =
        new (ulong, int, string?[], Condition)[Slots];

    private readonly string?[] parts = new string?[MaxParts];
    private int kind;
    private int count;
    private int length;
    private ulong hash;

    private bool IsTooLong => count > MaxParts || length > MaxLength;

    private int First => (int)(hash >> 32) & (Slots - 1);

    /// <summary>Begins the parts of a condition; those of different kinds never meet.</summary>
    public void Start(int kind)
    {
        this.kind = kind;
        count = length = 0;
        hash = (ulong)kind;
    }

    /// <summary>Adds a part; a missing one is another than an empty one.</summary>
    public void Add(string? part)
    {
        if (count < MaxParts) parts[count] = part;
        count++;
        length += part?.Length ?? 0;
        hash = (hash ^ (uint)RuntimeHelpers.GetHashCode(part)) * Spread;
    }

    /// <summary>The condition that was kept for these parts; null for none.</summary>
    public Condition? Find()
    {
        if (IsTooLong) return null;
        for (var way = 0; way < Ways; way++)
        {
            ref var place = ref places[First ^ way];
            if (place.Hash != hash || place.Kind != kind) continue;
            if (place.Parts.AsSpan().SequenceEqual(parts.AsSpan(0, count))) return place.Condition;
        }

        return null;
    }

    /// <summary>Keeps the condition of these parts.</summary>
    public Condition Keep(Condition condition)
    {
        if (IsTooLong) return condition;
        var free = 0;
        while (free < Ways && places[First ^ free].Parts is not null) free++;
        places[First ^ (free < Ways ? free : (int)(hash & (Ways - 1)))] = (hash, kind, parts[..count], condition);
        return condition;
    }
}
