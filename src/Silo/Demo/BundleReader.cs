using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Correlation.Silo.Demo;

/// <summary>
/// Reads a recorded estate: brotli, one line a message, <c>{"at":seconds,"body":"…"}</c>, in which every time is a token
/// <c>@{seconds|format}</c> that stands for (end + seconds) in that format.
/// </summary>
/// <remarks>Formats: o7, o3, o0, off7, us12, us24, as the estate's TimeToken writes them.</remarks>
internal static class BundleReader
{
    private static ReadOnlySpan<byte> TokenStart => "@{"u8;

    /// <summary>The messages in the order of the bundle.</summary>
    /// <param name="bundle">The compressed bundle; it is read once and stays open.</param>
    /// <param name="end">When the replayed time ends.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="InvalidDataException">A line or a token cannot be read.</exception>
    public static async IAsyncEnumerable<BundledMessage> ReadAsync(
        Stream bundle, DateTimeOffset end, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var brotli = new BrotliStream(bundle, CompressionMode.Decompress, leaveOpen: true);
        var pipe = PipeReader.Create(brotli, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        var line = new ArrayBufferWriter<byte>(64 * 1024);
        while (true)
        {
            var read = await pipe.ReadAsync(cancellation);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } newline)
            {
                yield return Parse(buffer.Slice(0, newline), end.UtcDateTime, line);
                buffer = buffer.Slice(buffer.GetPosition(1, newline));
            }

            if (read.IsCompleted)
            {
                if (!buffer.IsEmpty) { throw new InvalidDataException("The bundle's last line is not whole."); }

                break;
            }

            pipe.AdvanceTo(buffer.Start, buffer.End);
        }

        await pipe.CompleteAsync();
    }

    private static BundledMessage Parse(ReadOnlySequence<byte> line, DateTime end, ArrayBufferWriter<byte> scratch)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            Expect(ref reader, JsonTokenType.StartObject);
            Expect(ref reader, JsonTokenType.PropertyName, "at");
            Expect(ref reader, JsonTokenType.Number);
            var at = TimeSpan.FromMilliseconds(Math.Round(reader.GetDouble() * 1000));
            Expect(ref reader, JsonTokenType.PropertyName, "body");
            Expect(ref reader, JsonTokenType.String);
            scratch.ResetWrittenCount();
            scratch.Advance(reader.CopyString(scratch.GetSpan((int)line.Length)));
            return new BundledMessage(at, PutTimes(scratch.WrittenSpan, end));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("A line of the bundle is not JSON.", e);
        }
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string? name = null)
    {
        if (!reader.Read() || reader.TokenType != type || (name is not null && !reader.ValueTextEquals(name)))
        {
            throw new InvalidDataException("A line of the bundle is not {\"at\":seconds,\"body\":\"…\"}.");
        }
    }

    private static byte[] PutTimes(ReadOnlySpan<byte> body, DateTime end)
    {
        var output = new ArrayBufferWriter<byte>(body.Length + 64);
        for (var next = body.IndexOf(TokenStart); next >= 0; next = body.IndexOf(TokenStart))
        {
            output.Write(body[..next]);
            body = body[(next + TokenStart.Length)..];
            body = body[PutTime(body, end, output)..];
        }

        output.Write(body);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes one time; the length of its token after the opening brace.</summary>
    private static int PutTime(ReadOnlySpan<byte> token, DateTime end, ArrayBufferWriter<byte> output)
    {
        var close = token.IndexOf((byte)'}');
        if (!Utf8Parser.TryParse(token, out double seconds, out var used) || used >= close || token[used] != (byte)'|')
        {
            throw new InvalidDataException("A time token of the bundle cannot be read.");
        }

        var time = end.AddTicks((long)Math.Round(seconds * 1000) * TimeSpan.TicksPerMillisecond);
        var format = FormatOf(token[(used + 1)..close]);
        if (!time.TryFormat(output.GetSpan(40), out var written, format, CultureInfo.InvariantCulture))
        {
            throw new InvalidDataException("A time of the bundle cannot be written.");
        }

        output.Advance(written);
        return close + 1;
    }

    private static string FormatOf(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("o7"u8) => "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'",
        _ when name.SequenceEqual("o3"u8) => "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
        _ when name.SequenceEqual("o0"u8) => "yyyy-MM-dd'T'HH:mm:ss'Z'",
        _ when name.SequenceEqual("off7"u8) => "yyyy-MM-dd'T'HH:mm:ss.fffffff'+00:00'",
        _ when name.SequenceEqual("us12"u8) => "M'/'d'/'yyyy h':'mm':'ss tt",
        _ when name.SequenceEqual("us24"u8) => "MM'/'dd'/'yyyy HH':'mm':'ss",
        _ => throw new InvalidDataException("A time token of the bundle has an unknown format."),
    };
}
