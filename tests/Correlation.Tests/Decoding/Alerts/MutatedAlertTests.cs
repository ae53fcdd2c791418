using System.Text;
using System.Text.Json.Nodes;
using Correlation.Decoding;
using FsCheck;
using FsCheck.Xunit;

namespace Correlation.Tests.Decoding.Alerts;

/// <summary>What must hold whatever is done to a payload.</summary>
public class MutatedAlertTests
{
    private static readonly string[] Payloads =
        [.. GoldenCases.Names.Select(name => GoldenCases.Expand(GoldenCases.Get(name).Payload))];

    [Property(MaxTest = 2000)]
    public void Bytes_that_are_changed_cut_or_doubled_never_throw_and_lose_no_record(
        NonNegativeInt which, (NonNegativeInt At, byte Byte, byte How)[] changes)
    {
        var body = Encoding.UTF8.GetBytes(Payloads[which.Get % Payloads.Length]);
        foreach (var change in changes ?? []) body = Mutate(body, change.At.Get, change.Byte, change.How % 4);
        Holds(GoldenCases.Decode(body));
    }

    [Property(MaxTest = 500)]
    public void Values_of_any_kind_in_any_place_never_throw_and_lose_no_record(
        NonNegativeInt which, NonNegativeInt place, NonNegativeInt value)
    {
        var root = JsonNode.Parse(Payloads[which.Get % Payloads.Length])!;
        var places = Places(root).ToList();
        var (parent, name) = places[place.Get % places.Count];
        parent[name] = JsonNode.Parse(Odd[value.Get % Odd.Length]);
        // Half a character can be sent, but not written by a serializer.
        var body = root.ToJsonString().Replace("HALF", "\\ud800", StringComparison.Ordinal);
        Holds(GoldenCases.Decode(Encoding.UTF8.GetBytes(body)));
    }

    [Fact]
    public void The_order_of_the_keys_changes_nothing()
    {
        foreach (var payload in Payloads)
        {
            var reversed = Reversed(JsonNode.Parse(payload)!)!.ToJsonString();
            Assert.Equal(GoldenCases.Lines(GoldenCases.Decode(payload)), GoldenCases.Lines(GoldenCases.Decode(reversed)));
        }
    }

    [Fact]
    public void Decoding_one_payload_leaves_nothing_behind_for_the_next()
    {
        var decoder = new MessageDecoder(new DecodingLimits());
        foreach (var payload in Payloads.Concat(Payloads.Reverse()))
        {
            var again = decoder.Decode(Encoding.UTF8.GetBytes(payload), new("test", 1, 0, 7, GoldenCases.LogTime));
            Assert.Equal(GoldenCases.Lines(GoldenCases.Decode(payload)), GoldenCases.Lines(again));
        }
    }

    private static readonly string[] Odd =
        [
            "null", "true", "-1", "1e400", "\"\"", "\"HALF\"", "\"None\"", "[]", "[[{}]]", "{}", "{\"a\":{\"\":[null]}}",
            "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.9999999-14:00\"",
        ];

    private static void Holds(DecodedMessage decoded)
    {
        var covered = decoded.Signals.Select(s => s.Record).Concat(decoded.Rejections.Select(r => r.Record)).Distinct();
        Assert.Equal(Enumerable.Range(0, decoded.Records), covered.Order());
        Assert.All(decoded.Signals, signal =>
        {
            Assert.InRange(signal.Detail?.Title.Length ?? 0, 0, 256);
            Assert.InRange(signal.Condition?.Key.Length ?? 1, 1, 512);
            var complains = signal.Role is Signals.SignalRole.Open or Signals.SignalRole.Close or Signals.SignalRole.Pulse;
            Assert.Equal(complains, signal.Condition is not null);
            Assert.True(signal.EventTime <= GoldenCases.LogTime + TimeSpan.FromMinutes(5));
        });
    }

    private static byte[] Mutate(byte[] body, int at, byte value, int how)
    {
        if (body.Length == 0) return body;
        at %= body.Length;
        switch (how)
        {
            case 0:
                body[at] = value;
                return body;
            case 1:
                return [.. body[..at], .. body[(at + 1)..]];
            case 2:
                return body[..at];
            default:
                return [.. body[..at], .. body[(at / 2)..]];
        }
    }

    private static IEnumerable<(JsonObject Parent, string Name)> Places(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Places(p.Value).Prepend((o, p.Key))),
        JsonArray a => a.SelectMany(Places),
        _ => [],
    };

    private static JsonNode? Reversed(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.Reverse().Select(p => KeyValuePair.Create(p.Key, Reversed(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Reversed)]),
        _ => node?.DeepClone(),
    };
}
