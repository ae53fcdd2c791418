using System.Text;
using Correlation.Signals;

namespace Correlation.Decoding;

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

    private readonly Interned<ResourceId> ids;

    /// <summary>Makes empty caches.</summary>
    public DecodeCaches() => ids = new Interned<ResourceId>(MaxIds, Make, static id => id.Display);

    /// <summary>The one writer of dedup keys.</summary>
    public DedupWriter Dedup { get; } = new();

    /// <summary>The signals of the message that is decoded now.</summary>
    public List<Signal> Signals { get; } = [];

    /// <summary>Room to put texts together in.</summary>
    public char[] Scratch { get; } = new char[4 * ResourceId.MaxLength];

    /// <summary>Names: metrics, categories, operations, regions.</summary>
    public Interned<string> Names { get; } = new(MaxNames, static text => text, static text => text);

    /// <summary>The resource of an id as the payload has it (without JSON escapes); null where it is none.</summary>
    public ResourceId? Resource(ReadOnlySpan<byte> utf8) => utf8.Length is 0 or > MaxIdBytes ? null : ids.Get(utf8);

    // One alert writes a resource in capitals and without: the canonical form is kept once for both.
    private ResourceId? Make(string text)
    {
        if (ResourceId.TryParse(text) is not { } made) return null;
        if (made.Display == made.Canonical) return made;
        return ids.Find(Encoding.UTF8.GetBytes(made.Canonical)) is { } known && known.Equals(made) ? known.WrittenAs(made) : made;
    }
}
