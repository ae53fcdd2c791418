using System.Text;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Collects what the records of one message give, and lends the decoders what outlives a message.</summary>
internal sealed class DecodeOutput(Message message, DecodingLimits limits, DecodeCaches caches)
{
    /// <summary>The longest detail of a rejection, in characters.</summary>
    public const int MaxRejectDetail = 200;

    private readonly DateTimeOffset latest = message.LogTime > DateTimeOffset.MaxValue - limits.ClockAhead
        ? DateTimeOffset.MaxValue
        : message.LogTime + limits.ClockAhead;

    private List<Rejection>? rejections;

    /// <summary>The message that is decoded.</summary>
    public Message Message { get; } = message;

    /// <summary>The limits in force.</summary>
    public DecodingLimits Limits { get; } = limits;

    /// <summary>The ordinal of the record that is decoded now.</summary>
    public int Record { get; set; }

    /// <summary>The signals so far.</summary>
    public List<Signal> Signals { get; } = caches.Signals;

    /// <summary>The rejections so far.</summary>
    public IReadOnlyList<Rejection> Rejections => rejections ?? [];

    /// <summary>How much is booked up to now.</summary>
    public (int Signals, int Rejections) Here => (Signals.Count, rejections?.Count ?? 0);

    /// <summary>Takes back what was booked since.</summary>
    public void Return((int Signals, int Rejections) here)
    {
        Signals.RemoveRange(here.Signals, Signals.Count - here.Signals);
        rejections?.RemoveRange(here.Rejections, rejections.Count - here.Rejections);
    }

    /// <summary>Books the present record, or one target of it, as rejected.</summary>
    public void Reject(RejectReason reason, string detail = "", int target = 0) =>
        (rejections ??= []).Add(new Rejection(Record, target, reason, detail[..Math.Min(detail.Length, MaxRejectDetail)]));

    /// <summary>The resource of an id as the payload has it (without JSON escapes); null where it is none.</summary>
    public ResourceId? Resource(ReadOnlySpan<byte> utf8) => caches.Resource(utf8);

    /// <summary>A text that comes again and again, one string for all; cut at <paramref name="max"/> characters.</summary>
    /// <returns>Null where the text is empty or blank.</returns>
    public string? Name(ReadOnlySpan<byte> utf8, int max = DecodeCaches.MaxNameBytes)
    {
        utf8 = Trimmed(utf8);
        if (utf8.IsEmpty) return null;
        return utf8.Length <= Math.Min(max, DecodeCaches.MaxNameBytes) ? caches.Names.Get(utf8) : Bounded(utf8, max);
    }

    // Hardly any text has blanks around it.
    private static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> utf8) =>
        utf8.IsEmpty || (utf8[0] > ' ' && utf8[^1] > ' ') ? utf8 : utf8.Trim(" \t\r\n"u8);

    /// <summary>A text that does not come again, at most <paramref name="max"/> characters of it.</summary>
    public static string? Bounded(ReadOnlySpan<byte> utf8, int max)
    {
        utf8 = Trimmed(utf8);
        if (utf8.IsEmpty) return null;
        var text = Encoding.UTF8.GetString(utf8.Length > 4 * max ? utf8[..(4 * max)] : utf8);
        if (text.Length <= max) return text;
        return text[..(char.IsHighSurrogate(text[max - 1]) ? max - 1 : max)];
    }

    /// <summary>Makes the identity of a record for telling repetitions; to be used at once.</summary>
    public DedupWriter Dedup(string kind) => caches.Dedup.Start(kind);

    /// <summary>The key of an identity at one resource.</summary>
    /// <param name="around">What stands before and behind the identity; where there is any, its case does not count.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="resource">The resource's canonical form.</param>
    public DedupKey Key((string? Before, string? Behind) around, string identity, string resource)
    {
        Span<char> scratch = caches.Scratch;
        var length = (around.Before?.Length ?? 0) + identity.Length + (around.Behind?.Length ?? 0) + 1 + resource.Length;
        if (length > scratch.Length) scratch = new char[length];
        var behind = Put(Put(scratch, around.Before), identity);
        if (around.Before is not null) LowerText.Write(identity, scratch[around.Before.Length..]);
        Put(Put(Put(behind, around.Behind), "\n"), resource);
        return DedupKey.Of(scratch[..length]);
    }

    private static Span<char> Put(Span<char> room, ReadOnlySpan<char> text)
    {
        text.CopyTo(room);
        return room[text.Length..];
    }

    /// <summary>The event time to use: the log time where the given one lies too far ahead of it.</summary>
    public DateTimeOffset EventTime(DateTimeOffset given, out bool ahead)
    {
        ahead = given > latest;
        return ahead ? Message.LogTime : given;
    }
}
