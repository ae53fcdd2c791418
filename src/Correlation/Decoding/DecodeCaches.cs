using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>What a decoder keeps from one message to the next.</summary>
internal sealed class DecodeCaches(ResourceIds ids)
{
    /// <summary>Most names that are kept; a power of two.</summary>
    public const int MaxNames = 4_096;

    /// <summary>The longest name that is kept, in bytes.</summary>
    public const int MaxNameBytes = 256;

    /// <summary>The one writer of dedup keys.</summary>
    public DedupWriter Dedup { get; } = new();

    /// <summary>Room to put texts together in.</summary>
    public char[] Scratch { get; } = new char[4 * ResourceId.MaxLength];

    /// <summary>Names: metrics, categories, operations, regions.</summary>
    public Interned<string> Names { get; } = new(MaxNames, static text => text, static text => text);

    /// <summary>The resource of an id as the payload has it (without JSON escapes); null where it is none.</summary>
    public ResourceId? Resource(ReadOnlySpan<byte> utf8) => ids.Get(utf8);
}
