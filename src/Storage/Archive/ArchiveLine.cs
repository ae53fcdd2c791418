using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Correlation.Storage;

/// <summary>An archived message as a line of JSON.</summary>
/// <remarks><c>{"position":"…","at":"…","body":"…"}</c>: a recorded message as replays and backtests read it. The body as text,
/// so that a line can be read and searched, or as <c>base64</c> where it is not UTF-8.</remarks>
internal static class ArchiveLine
{
    private const byte LineEnd = (byte)'\n';

    /// <summary>A file is no page: a quote is written in two characters, not in six.</summary>
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Messages as lines, put together to blocks of at most so many bytes; a line is never split unless it is longer.
    /// </summary>
    public static IEnumerable<byte[]> Blocks(IReadOnlyList<ArchivedMessage> messages, int most)
    {
        using var block = new MemoryStream();
        foreach (var message in messages)
        {
            var line = Write(message);
            if (block.Length > 0 && block.Length + line.Length > most)
            {
                yield return block.ToArray();
                block.SetLength(0);
            }

            block.Write(line);
        }

        if (block.Length > 0) yield return block.ToArray();
    }

    /// <summary>Reads lines, and closes the stream. A last line without its end was broken off and is no message.</summary>
    /// <param name="stream">The lines.</param>
    /// <param name="seen">The positions read so far; what is among them is left out.</param>
    /// <param name="cancel">Stops reading.</param>
    public static async IAsyncEnumerable<ArchivedMessage> ReadAsync(
        Stream stream, HashSet<string> seen, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancel) is { } line)
        {
            if (Read(line) is { } message && seen.Add(message.Position)) yield return message;
        }
    }

    private static byte[] Write(ArchivedMessage message)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Writing))
        {
            json.WriteStartObject();
            json.WriteString("position", message.Position);
            json.WriteString("at", message.LogTime);
            if (Utf8.IsValid(message.Body.Span)) json.WriteString("body", message.Body.Span);
            else json.WriteBase64String("base64", message.Body.Span);
            json.WriteEndObject();
        }

        bytes.WriteByte(LineEnd);
        return bytes.ToArray();
    }

    private static ArchivedMessage? Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            var body = root.TryGetProperty("body", out var text)
                ? Encoding.UTF8.GetBytes(text.GetString()!)
                : root.GetProperty("base64").GetBytesFromBase64();
            var position = root.GetProperty("position").GetString()!;
            return new ArchivedMessage(position, root.GetProperty("at").GetDateTimeOffset(), body);
        }
        catch (Exception error)
            when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null; // A write that was broken off.
        }
    }
}
