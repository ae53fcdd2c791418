using System.Text;
using System.Text.Json;

namespace Correlation.Replay;

/// <summary>A recorded message as a line of a file says it.</summary>
/// <param name="Seconds">Its log time in seconds from the start; null where it has a time.</param>
/// <param name="Time">Its log time; null where it has seconds.</param>
/// <param name="Body">Its payload as text.</param>
/// <param name="Position">Where it lay, in an archived line; such a line may be there twice. Null in others.</param>
public sealed record RecordedLine(double? Seconds, DateTimeOffset? Time, string Body, string? Position = null)
{
    private const double SecondsMost = 1e10;

    /// <summary>What a line is to look like, for people.</summary>
    public const string Forms =
        "{\"at\": seconds or ISO 8601 time, \"body\": payload or text} or {\"arrival\": epoch seconds, \"body\": the same}";

    /// <summary>Whether it was certainly recorded before another.</summary>
    public bool IsBefore(RecordedLine other) => Seconds < other.Seconds || Time < other.Time;

    /// <summary>Its log time, given what second 0 stands for.</summary>
    public DateTimeOffset LogTime(DateTimeOffset start) => Time ?? start.AddSeconds(Seconds ?? 0);

    /// <summary>Reads a line; null where it is none.</summary>
    /// <remarks>A body that is a JSON text is that text, as the stream would hold it. <c>arrival</c> is a time, <c>at</c> as a
    /// number is seconds from a start that the line does not know.</remarks>
    public static RecordedLine? Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind != JsonValueKind.Object || BodyOf(json.RootElement) is not { } text) return null;
            if (json.RootElement.TryGetProperty("arrival", out var arrival))
                return Number(arrival) is { } epoch ? new RecordedLine(null, OfEpoch(epoch), text) : null;
            if (!json.RootElement.TryGetProperty("at", out var at)) return null;
            if (Number(at) is { } seconds) return new RecordedLine(seconds, null, text);
            return at.ValueKind == JsonValueKind.String && at.TryGetDateTimeOffset(out var time)
                ? new RecordedLine(null, time, text, PositionOf(json.RootElement)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The payload; what is archived as base64 is no text, and is as little understood here as it was then.</summary>
    private static string? BodyOf(JsonElement line)
    {
        if (line.TryGetProperty("body", out var body) && body.ValueKind != JsonValueKind.Null)
            return body.ValueKind == JsonValueKind.String ? body.GetString()! : body.GetRawText();
        return line.TryGetProperty("base64", out var binary) && binary.ValueKind == JsonValueKind.String
            && binary.TryGetBytesFromBase64(out var bytes) ? Encoding.UTF8.GetString(bytes) : null;
    }

    private static string? PositionOf(JsonElement line) =>
        line.TryGetProperty("position", out var position) && position.ValueKind == JsonValueKind.String
            ? position.GetString() : null;

    private static double? Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && Math.Abs(number) < SecondsMost
            ? number : null;

    private static DateTimeOffset OfEpoch(double seconds) =>
        DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(seconds * 1000) * TimeSpan.TicksPerMillisecond);
}
