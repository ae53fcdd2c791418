using System.Text;
using Correlation.Decoding;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using static Correlation.Tests.Decoding.Streams.Some;

namespace Correlation.Tests.Decoding.Streams;

public class MutatedStreamTests
{
    private static readonly string[] Breakages =
    [
        "{\"time\":", "{'a':'b', 'c'}", "{\"a\" \"b\"}", "{\"a\":\"b\nc\" d}", "{\"a\":}", "{:}", "{a b c}",
        "{\"resourceId\":\"x\",,}",
        "{\"properties\":{\"x\":[}}", "{\"a\":\"b}", "{\"time\":tru}",
    ];

    private static readonly byte[] Whole = Encoding.UTF8.GetBytes(
        $$$"""
        {"records":[{{{Metric()}}},{{{Log("~p/n/t/a")}}},{"time":"2026-03-01T10:00:00Z","resourceId":"r",
        "category":"ServiceHealth","operationName":"x/incident/action",
        "properties":{"trackingId":"t","impactedServices":"[{\"ImpactedRegions\":[{\"RegionName\":\"East US\"}]}]"}},
        {{{Log("~p/n/t/b")}}},"{\"a\":1}",7]}
        """);

    [Property(MaxTest = 500)]
    public bool Changed_bytes_never_throw_and_every_record_is_accounted_for(int[] places, byte[] values, bool cut)
    {
        var body = (byte[])Whole.Clone();
        for (var i = 0; i < Math.Min(places.Length, values.Length); i++)
            body[(places[i] & int.MaxValue) % body.Length] = values[i];
        if (cut && places.Length > 0) body = body[..((places[0] & int.MaxValue) % body.Length)];
        return IsAccountedFor(Decode(body));
    }

    [Property(MaxTest = 500)]
    public bool Structure_that_is_doubled_or_lost_never_throws(int place, byte choice, int again)
    {
        var marks = "{}[]\",:'\\\n"u8;
        var body = Whole.ToList();
        body.Insert((place & int.MaxValue) % body.Count, marks[choice % marks.Length]);
        body.RemoveAt((again & int.MaxValue) % body.Count);
        return IsAccountedFor(Decode(body.ToArray()));
    }

    [Property(MaxTest = 300)]
    public bool Any_bytes_at_all_are_accounted_for(byte[] bytes) => IsAccountedFor(Decode(bytes));

    [Property(MaxTest = 300)]
    public Property The_siblings_of_a_broken_record_survive(byte before, byte after, byte which)
    {
        var broken = Breakages[which % Breakages.Length];
        string[] left = [.. Enumerable.Range(0, before % 5).Select(i => Log($"left{i}"))];
        string[] right = [.. Enumerable.Range(0, after % 5).Select(i => Metric($"right{i}"))];
        var decoded = Decode($$"""{"records":[{{string.Join(',', [.. left, broken, .. right])}}]}""");
        var wanted = left.Select((_, i) => $"left{i}").Concat(right.Select((_, i) => $"right{i}"));
        return (wanted.SequenceEqual(decoded.Signals.Select(s => s.Resource.Canonical))
            && decoded.Records == left.Length + right.Length + 1 && IsAccountedFor(decoded))
            .Label($"{broken}: {decoded.Records} records, {string.Join(' ', decoded.Signals.Select(s => s.Resource))}");
    }

    private static bool IsAccountedFor(DecodedMessage decoded)
    {
        var records = decoded.Signals.Select(s => s.Record).Concat(decoded.Rejections.Select(r => r.Record)).Distinct().Order();
        return records.SequenceEqual(Enumerable.Range(0, decoded.Records)) && decoded.Rejections.All(r => r.Detail.Length <= 200);
    }
}
