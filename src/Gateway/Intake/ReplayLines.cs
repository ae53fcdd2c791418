using System.Text;
using System.Text.Json;
using Correlation.Gateway.Api;
using Correlation.Streams;

namespace Correlation.Gateway.Intake;

/// <summary>Reads the body of a replay: lines <c>{"logTime": ISO 8601, "body":
/// text}</c> in the order of their log times.</summary>
/// <param name="options">How many lines a body has at most, and how large a message may be.</param>
/// <param name="latest">No message was stored later than this: time only ever goes on,
/// so a wrong year could not be undone.</param>
internal sealed class ReplayLines(GatewayOptions options, DateTimeOffset latest)
{
    /// <summary>The messages of a body.</summary>
    /// <exception cref="BadRequestException">A line is wrong; it is named, from 1.</exception>
    public List<RecordedMessage> Read(ReadOnlyMemory<byte> body)
    {
        var messages = new List<RecordedMessage>();
        for (var number = 1; !body.IsEmpty; number++)
        {
            var end = body.Span.IndexOf((byte)'\n');
            var line = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            if (line.Span.Trim(" \r\t"u8).IsEmpty) continue;
            if (messages.Count == options.ReplayMessages)
                throw new BadRequestException($"A call takes at most {options.ReplayMessages} messages.");
            var message = ReadLine(line, number);
            Check(message, messages.Count == 0 ? null : messages[^1], number);
            messages.Add(message);
        }

        return messages;
    }

    private void Check(RecordedMessage message, RecordedMessage? before, int number)
    {
        if (message.Body.Length > options.MessageBytes)
            throw new BadRequestException($"Line {number}: the body is larger than {options.MessageBytes} bytes.");
        if (message.LogTime > latest)
            throw new BadRequestException($"Line {number}: the log time {message.LogTime:O} lies in the future.");
        if (before is not null && message.LogTime < before.LogTime)
            throw new BadRequestException($"Line {number}: the log time {message.LogTime:O} is before that of the line before, "
                + $"{before.LogTime:O}; messages come in the order of their log times.");
    }

    private static RecordedMessage ReadLine(ReadOnlyMemory<byte> line, int number)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("logTime", out var time) && time.ValueKind == JsonValueKind.String
                && time.TryGetDateTimeOffset(out var logTime)
                && root.TryGetProperty("body", out var body) && body.ValueKind == JsonValueKind.String)
                return new RecordedMessage(logTime.ToUniversalTime(), Encoding.UTF8.GetBytes(body.GetString()!));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Also what is no text in UTF-8: told below like every other wrong line.
        }

        throw new BadRequestException($"Line {number} is not of the form {{\"logTime\": ISO 8601 time, \"body\": text}}.");
    }
}
