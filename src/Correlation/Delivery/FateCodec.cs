using Correlation.Decoding;
using Correlation.Signals;

namespace Correlation.Delivery;

/// <summary>The fates of a message batch as few bytes: for each message its number of signals,
/// then runs of equal fates.</summary>
/// <remarks>Form: version 2, a varint count of rejections, for each of them the message's ordinal, record and target as varints
/// and the reason; then for each message a varint count, and for each run in it the fate and a varint length. Version 1 has no
/// rejections.</remarks>
public static class FateCodec
{
    private const byte Version = 2;

    /// <summary>Encodes the fates of consecutive messages, in order.</summary>
    /// <param name="messages">For each message its offset and the fates of its signals.</param>
    /// <param name="rejected">What of them was rejected, in order.</param>
    public static byte[] Encode(IReadOnlyList<(long Offset, Fate[] Fates)> messages, IReadOnlyList<RejectedSlot> rejected)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Version);
        writer.Write7BitEncodedInt(rejected.Count);
        foreach (var slot in rejected)
        {
            writer.Write7BitEncodedInt(slot.Message);
            writer.Write7BitEncodedInt(slot.Record);
            writer.Write7BitEncodedInt(slot.Target);
            writer.Write((byte)slot.Reason);
        }

        foreach (var (_, fates) in messages) Encode(writer, fates);
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>The fates of one message.</summary>
    /// <param name="data">What the encoder made.</param>
    /// <param name="message">The message's ordinal in the batch.</param>
    /// <exception cref="InvalidDataException">The version is not known.</exception>
    /// <exception cref="EndOfStreamException">There is no such message.</exception>
    public static Fate[] Decode(byte[] data, long message)
    {
        using var reader = new BinaryReader(new MemoryStream(data));
        Rejected(reader);
        for (var skipped = 0L; skipped < message; skipped++) Decode(reader);
        return Decode(reader);
    }

    /// <summary>What of the batch was rejected, in order; null where an older program did not say.</summary>
    /// <exception cref="InvalidDataException">The version is not known.</exception>
    public static IReadOnlyList<RejectedSlot>? Rejected(byte[] data)
    {
        using var reader = new BinaryReader(new MemoryStream(data));
        return Rejected(reader);
    }

    private static RejectedSlot[]? Rejected(BinaryReader reader)
    {
        var version = reader.ReadByte();
        if (version == 1) return null;
        if (version != Version) throw new InvalidDataException($"Fates of version {version}; this program reads {Version}.");
        var rejected = new RejectedSlot[reader.Read7BitEncodedInt()];
        for (var at = 0; at < rejected.Length; at++)
        {
            rejected[at] = new RejectedSlot(
                reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(),
                (RejectReason)reader.ReadByte());
        }

        return rejected;
    }

    private static void Encode(BinaryWriter writer, Fate[] fates)
    {
        writer.Write7BitEncodedInt(fates.Length);
        for (var start = 0; start < fates.Length;)
        {
            var end = start + 1;
            while (end < fates.Length && fates[end] == fates[start]) end++;
            writer.Write((byte)fates[start]);
            writer.Write7BitEncodedInt(end - start);
            start = end;
        }
    }

    private static Fate[] Decode(BinaryReader reader)
    {
        var fates = new Fate[reader.Read7BitEncodedInt()];
        for (var at = 0; at < fates.Length;)
        {
            var fate = (Fate)reader.ReadByte();
            var length = reader.Read7BitEncodedInt();
            fates.AsSpan(at, length).Fill(fate);
            at += length;
        }

        return fates;
    }
}

/// <summary>A record, or a target of one, that was rejected.</summary>
/// <param name="Message">The message's ordinal in the batch.</param>
/// <param name="Record">The record's ordinal in the message.</param>
/// <param name="Target">The target's ordinal in the record.</param>
/// <param name="Reason">Why.</param>
public readonly record struct RejectedSlot(int Message, int Record, int Target, RejectReason Reason);
