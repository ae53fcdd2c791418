using System.Text.Json;

namespace Correlation.Replay;

/// <summary>A recorded message as a line of a file says it.</summary>
/// <param name="Seconds">Its log time in seconds from the start; null where it has a time.</param>
/// <param name="Time">Its log time; null where it has seconds.</param>
/// <param name="Body">Its payload as text.</param>
public sealed record RecordedLine(double? Seconds, DateTimeOffset? Time, string Body)
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
            if (json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("body", out var body) || body.ValueKind == JsonValueKind.Null) return null;
            var text = body.ValueKind == JsonValueKind.String ? body.GetString()! : body.GetRawText();
            if (json.RootElement.TryGetProperty("arrival", out var arrival))
                return Number(arrival) is { } epoch ? new RecordedLine(null, OfEpoch(epoch), text) : null;
            if (!json.RootElement.TryGetProperty("at", out var at)) return null;
            if (Number(at) is { } seconds) return new RecordedLine(seconds, null, text);
            return at.ValueKind == JsonValueKind.String && at.TryGetDateTimeOffset(out var time)
                ? new RecordedLine(null, time, text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static double? Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && Math.Abs(number) < SecondsMost
            ? number : null;

    private static DateTimeOffset OfEpoch(double seconds) =>
        DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(seconds * 1000) * TimeSpan.TicksPerMillisecond);
}
