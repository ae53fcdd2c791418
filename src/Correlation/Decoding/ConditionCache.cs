using System.IO.Hashing;
using System.Runtime.InteropServices;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Gives the condition that was made from the same parts before, so that an alert's key is written once.</summary>
/// <remarks>Direct-mapped: a newcomer takes the place of what lay there. The parts are compared, not only their hash.</remarks>
internal sealed class ConditionCache
{
    // Conditions with longer parts are made anew each time; a full cache then holds at most 6 MB.
    private const int MaxLength = 1_024;
    private const int Slots = 2_048;

    private readonly (string? Parts, Condition? Condition)[] places = new (string?, Condition?)[Slots];
    private readonly char[] parts = new char[MaxLength];
    private int length;
    private bool isTooLong;

    /// <summary>Begins the parts of a condition.</summary>
    public void Start(int kind)
    {
        length = 0;
        isTooLong = false;
        parts[length++] = (char)kind;
    }

    /// <summary>Adds a part; a missing one is another than an empty one.</summary>
    public void Add(string? part)
    {
        if (length + 1 + (part?.Length ?? 0) > MaxLength) isTooLong = true;
        if (isTooLong) return;
        parts[length++] = part is null ? char.MaxValue : (char)part.Length;
        part.AsSpan().CopyTo(parts.AsSpan(length));
        length += part?.Length ?? 0;
    }

    /// <summary>The condition that was kept for these parts; null for none.</summary>
    public Condition? Find()
    {
        if (isTooLong) return null;
        ref var place = ref Place();
        return place.Parts is { } known && known.AsSpan().SequenceEqual(parts.AsSpan(0, length)) ? place.Condition : null;
    }

    /// <summary>Keeps the condition of these parts.</summary>
    public Condition Keep(Condition condition)
    {
        if (!isTooLong) Place() = (new string(parts, 0, length), condition);
        return condition;
    }

    private ref (string? Parts, Condition? Condition) Place()
    {
        var hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(parts.AsSpan(0, length)));
        return ref places[(int)(hash & (Slots - 1))];
    }
}
