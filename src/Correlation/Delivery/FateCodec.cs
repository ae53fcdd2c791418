using Correlation.Signals;

namespace Correlation.Delivery;

/// <summary>The fates of a message batch as few bytes: for each message its number of signals,
/// then runs of equal fates.</summary>
/// <remarks>Form: version 1, then for each message a varint count, and for each run in it the fate and a varint length.</remarks>
public static class FateCodec
{
    private const byte Version = 1;

    /// <summary>Encodes the fates of consecutive messages, in order.</summary>
    public static byte[] Encode(IReadOnlyList<(long Offset, Fate[] Fates)> messages)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Version);
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
        var version = reader.ReadByte();
        if (version != Version) throw new InvalidDataException($"Fates of version {version}; this program reads {Version}.");
        for (var skipped = 0L; skipped < message; skipped++) Decode(reader);
        return Decode(reader);
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
