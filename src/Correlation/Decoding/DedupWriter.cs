using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Puts the parts of a record's identity after another, each with its length, and makes their key.</summary>
internal sealed class DedupWriter
{
    // A part beyond this is taken by its own hash.
    private const int MaxPart = 2 * ResourceId.MaxLength;
    private const int MaxParts = 8;

    private readonly byte[] buffer = new byte[MaxParts * (MaxPart + sizeof(int))];
    private int length;

    /// <summary>Begins a key; keys of different kinds never meet.</summary>
    public DedupWriter Start(string kind)
    {
        length = 0;
        return Add(kind);
    }

    /// <summary>Adds a text in its UTF-16 form.</summary>
    public DedupWriter Add(string text) => Add(MemoryMarshal.AsBytes(text.AsSpan()));

    /// <summary>Adds bytes.</summary>
    public DedupWriter Add(ReadOnlySpan<byte> part)
    {
        if (part.Length > MaxPart)
        {
            var key = DedupKey.Of(part);
            return Add((long)key.High).Add((long)key.Low);
        }

        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(length), part.Length);
        part.CopyTo(buffer.AsSpan(length + sizeof(int)));
        length += part.Length + sizeof(int);
        return this;
    }

    /// <summary>Adds a number.</summary>
    public DedupWriter Add(long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(buffer.AsSpan(length), number);
        length += sizeof(long);
        return this;
    }

    /// <summary>The key of the parts.</summary>
    public DedupKey ToKey() => DedupKey.Of(buffer.AsSpan(0, length));
}
