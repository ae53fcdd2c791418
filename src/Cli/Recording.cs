using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Correlation.Cli;

/// <summary>Reads recordings line by line.</summary>
internal static class Recording
{
    /// <summary>The messages of files, in order.</summary>
    /// <exception cref="CliException">A line is none; it is named.</exception>
    public static async IAsyncEnumerable<RecordedMessage> ReadAsync(string[] files,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        RecordedMessage? before = null;
        foreach (var file in files)
        {
            var number = 0;
            await foreach (var line in File.ReadLinesAsync(file, cancel))
            {
                number++;
                if (line.Length == 0) continue;
                var message = Read(line) ?? throw Wrong(file, number);
                if (before is not null && message.IsBefore(before)) throw Unordered(file, number);
                yield return before = message;
            }
        }
    }

    private static RecordedMessage? Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            if (Json.Member(json.RootElement, "body") is not { } body
                || Json.Member(json.RootElement, "at") is not { } at) return null;
            var text = body.ValueKind == JsonValueKind.String ? body.GetString()! : body.GetRawText();
            if (at.ValueKind == JsonValueKind.Number && at.TryGetDouble(out var seconds) && Math.Abs(seconds) < 1e10)
                return new RecordedMessage(seconds, null, text);
            return at.ValueKind == JsonValueKind.String && at.TryGetDateTimeOffset(out var time)
                ? new RecordedMessage(null, time, text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static CliException Unordered(string file, int line) => new(
        ExitCode.Usage,
        $"{TerminalText.Clean(file)}, line {line}: its time is before that of the message before; recordings are in order.");

    private static CliException Wrong(string file, int line) => new(
        ExitCode.Usage,
        $"{TerminalText.Clean(file)}, line {line}: expected {{\"at\": seconds or ISO 8601 time, \"body\": payload or text}}.");
}

/// <summary>One recorded message.</summary>
/// <param name="Seconds">Its log time in seconds from the start; null where it has a time.</param>
/// <param name="Time">Its log time; null where it has seconds.</param>
/// <param name="Body">Its payload as text.</param>
internal sealed record RecordedMessage(double? Seconds, DateTimeOffset? Time, string Body)
{
    /// <summary>Whether it was certainly recorded before another.</summary>
    public bool IsBefore(RecordedMessage other) => Seconds < other.Seconds || Time < other.Time;

    /// <summary>Its log time, given what second 0 stands for.</summary>
    public DateTimeOffset LogTime(DateTimeOffset start) => Time ?? start.AddSeconds(Seconds ?? 0);
}
