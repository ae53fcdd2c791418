using System.Text;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Gives one object for equal resource ids, which come again and again in every partition; the live states hold the same
/// objects.</summary>
/// <remarks>Safe for concurrent use: the decoders of a process share one. It never grows and is never cleared.</remarks>
public sealed class ResourceIds
{
    /// <summary>How many ids a process keeps at most; a power of two. So many of usual length, which all differ, hold about
    /// 160 MB; those of live resources are held by their states anyway.</summary>
    private const int OfProcess = 262_144;

    /// <summary>How many ids a decoder keeps at most that shares none.</summary>
    private const int OfOne = 4_096;

    // A longer text cannot be an id: an escape takes three bytes for one, and six in JSON.
    private const int MaxBytes = ResourceId.MaxLength * 6;

    private readonly Interned<ResourceId> ids;

    /// <summary>Makes one that knows no id yet.</summary>
    public ResourceIds()
        : this(OfProcess)
    {
    }

    private ResourceIds(int slots) => ids = new Interned<ResourceId>(slots, Make, static id => id.Display);

    /// <summary>The ids of a decoder that shares none.</summary>
    internal static ResourceIds Own() => new(OfOne);

    /// <summary>The resource of an id as the payload has it (without JSON escapes); null where it is none.</summary>
    public ResourceId? Get(ReadOnlySpan<byte> utf8) => utf8.Length is 0 or > MaxBytes ? null : ids.Get(utf8);

    // One alert writes a resource in capitals and without: the canonical form is kept once for both.
    private ResourceId? Make(string text)
    {
        if (ResourceId.TryParse(text) is not { } made) return null;
        if (made.Display == made.Canonical) return made;
        return ids.Find(Encoding.UTF8.GetBytes(made.Canonical)) is { } known && known.Equals(made) ? known.WrittenAs(made) : made;
    }
}
