using System.Text;
using Correlation.Decoding;
using Correlation.Signals;

namespace Correlation.Tests.Decoding.Streams;

/// <summary>Messages and records for tests of decoding.</summary>
internal static class Some
{
    public static readonly DateTimeOffset LogTime = new(2026, 3, 1, 10, 10, 0, TimeSpan.Zero);

    public static readonly Message Message = new("test", 1, 0, 7, LogTime);

    public static DecodedMessage Decode(string payload, DecodingLimits? limits = null) =>
        Decode(Encoding.UTF8.GetBytes(payload), limits);

    public static DecodedMessage Decode(byte[] body, DecodingLimits? limits = null) =>
        new MessageDecoder(limits ?? new DecodingLimits()).Decode(body, Message);

    public static string Expand(string text) => text
        .Replace("~p/", "~rg/providers/", StringComparison.Ordinal)
        .Replace("~rg", "~sub/resourcegroups/rg1", StringComparison.Ordinal)
        .Replace("~sub", "/subscriptions/s1", StringComparison.Ordinal);

    /// <summary>How many different records the signals and rejections speak of.</summary>
    public static int RecordsOf(DecodedMessage decoded) =>
        decoded.Signals.Select(s => s.Record).Concat(decoded.Rejections.Select(r => r.Record)).Distinct().Count();

    public static string Log(string resource, string category = "C") =>
        $$"""{"time":"2026-03-01T10:00:00Z","resourceId":"{{Expand(resource)}}","category":"{{category}}"}""";

    public static string Metric(string resource = "~p/n/t/a", string name = "CpuTime", string time = "2026-03-01T10:00:00Z") =>
        $$"""
        {"count":2,"total":4,"average":2,"resourceId":"{{Expand(resource)}}","time":"{{time}}","metricName":"{{name}}",
        "timeGrain":"PT1M"}
        """;
}
