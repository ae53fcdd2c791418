using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Correlation.Streams.EventHubs;

/// <summary>Reads what AMQP senders said of a message: over Kafka, Event Hubs gives application properties as AMQP-encoded bytes
/// (AMQP 1.0 part 1.6; Learn: event-hubs-exchange-events-different-protocols), and a few, as content-type, as plain
/// text.</summary>
internal static class AmqpValue
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A header's value as text: what it says where it is one whole AMQP primitive, else its UTF-8, else
    /// base64.</summary>
    /// <remarks>A Kafka sender's own bytes may by chance look like a primitive of fixed size ("abc" is a short); nothing tells
    /// them apart.</remarks>
    public static string Text(ReadOnlySpan<byte> value) => Primitive(value) ?? Plain(value);

    private static string Plain(ReadOnlySpan<byte> value)
    {
        try
        {
            return Strict.GetString(value);
        }
        catch (DecoderFallbackException)
        {
            return Convert.ToBase64String(value);
        }
    }

    private static string? Primitive(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return null;
        var code = value[0];
        var rest = value[1..];
        return (code >> 4, rest.Length) switch
        {
            (0x4, 0) => Empty(code),
            (0x5, 1) => OfOne(code, rest[0]),
            (0x6, 2) => OfTwo(code, rest),
            (0x7, 4) => OfFour(code, rest),
            (0x8, 8) => OfEight(code, rest),
            (0x9, 16) when code == 0x98 => new Guid(rest, bigEndian: true).ToString(),
            (0xA, > 0) when rest[0] == rest.Length - 1 => Variable(code, rest[1..]),
            (0xB, > 3) when BinaryPrimitives.ReadUInt32BigEndian(rest) == rest.Length - 4 => Variable(code, rest[4..]),
            _ => null,
        };
    }

    private static string? Empty(byte code) => code switch
    {
        0x40 => "",
        0x41 => "true",
        0x42 => "false",
        0x43 or 0x44 => "0",
        _ => null,
    };

    private static string? OfOne(byte code, byte one) => code switch
    {
        0x50 or 0x52 or 0x53 => Number(one),
        0x51 or 0x54 or 0x55 => Number((sbyte)one),
        0x56 when one <= 1 => one == 1 ? "true" : "false",
        _ => null,
    };

    private static string? OfTwo(byte code, ReadOnlySpan<byte> two) => code switch
    {
        0x60 => Number(BinaryPrimitives.ReadUInt16BigEndian(two)),
        0x61 => Number(BinaryPrimitives.ReadInt16BigEndian(two)),
        _ => null,
    };

    private static string? OfFour(byte code, ReadOnlySpan<byte> four) => code switch
    {
        0x70 => Number(BinaryPrimitives.ReadUInt32BigEndian(four)),
        0x71 => Number(BinaryPrimitives.ReadInt32BigEndian(four)),
        0x72 => Number(BinaryPrimitives.ReadSingleBigEndian(four)),
        0x73 when Rune.IsValid(BinaryPrimitives.ReadInt32BigEndian(four)) =>
            new Rune(BinaryPrimitives.ReadInt32BigEndian(four)).ToString(),
        _ => null,
    };

    private static string? OfEight(byte code, ReadOnlySpan<byte> eight) => code switch
    {
        0x80 => Number(BinaryPrimitives.ReadUInt64BigEndian(eight)),
        0x81 => Number(BinaryPrimitives.ReadInt64BigEndian(eight)),
        0x82 => Number(BinaryPrimitives.ReadDoubleBigEndian(eight)),
        0x83 => Time(BinaryPrimitives.ReadInt64BigEndian(eight)),
        _ => null,
    };

    private static string? Variable(byte code, ReadOnlySpan<byte> bytes) => (code & 0xF) switch
    {
        0x0 => Convert.ToBase64String(bytes),
        0x1 or 0x3 => Plain(bytes),
        _ => null,
    };

    private static string? Time(long milliseconds) =>
        milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("O", CultureInfo.InvariantCulture)
            : null;

    private static string Number<T>(T number)
        where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);
}
