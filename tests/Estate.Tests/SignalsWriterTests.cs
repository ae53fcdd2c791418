using System.Text;
using System.Text.Json;

namespace Correlation.Estate.Tests;

public sealed class SignalsWriterTests
{
    private static readonly DateTimeOffset End = new(2026, 6, 30, 20, 0, 0, TimeSpan.Zero);
    private static readonly EstateDay Day = HardDays.First;

    [Fact]
    public void Each_message_is_a_line_with_its_arrival_and_its_payload()
    {
        using var stream = new MemoryStream();
        SignalsWriter.WriteSignals(Day, End, stream);
        var lines = Encoding.UTF8.GetString(stream.ToArray()).TrimEnd('\n').Split('\n');

        Assert.Equal(Day.Messages.Count, lines.Length);
        foreach (var (line, message) in lines.Zip(Day.Messages))
        {
            using var json = JsonDocument.Parse(line);
            Assert.Equal(End.ToUnixTimeSeconds() + message.AtSeconds, json.RootElement.GetProperty("arrival").GetDouble(), 3);
            Assert.DoesNotContain("@{", line, StringComparison.Ordinal);
            var body = json.RootElement.GetProperty("body");
            var whole = body.ValueKind == JsonValueKind.Object ? body.GetRawText() : body.GetString();
            Assert.Equal(TimeToken.Put(message.TokenBody, End), whole);
        }
    }

    [Fact]
    public void The_truth_names_each_failure_with_its_cause_changes_and_members()
    {
        using var stream = new MemoryStream();
        SignalsWriter.WriteTruth(Day, End, stream);
        using var json = JsonDocument.Parse(stream.ToArray());
        var failures = json.RootElement.GetProperty("failures").EnumerateArray().ToList();

        Assert.Equal(Day.Truth.Failures.Count, failures.Count);
        Assert.All(failures.Zip(Day.Truth.Failures), pair =>
        {
            Assert.Equal(pair.Second.RootResource, pair.First.GetProperty("cause").GetString());
            Assert.Equal(pair.Second.Customer, pair.First.GetProperty("customer").GetString());
            Assert.Equal(End.ToUnixTimeSeconds() + pair.Second.Start, pair.First.GetProperty("start").GetDouble(), 2);
            Assert.Equal(pair.Second.Symptoms.SelectMany(s => s.ExternalIds),
                pair.First.GetProperty("members").EnumerateArray()
                    .SelectMany(m => m.GetProperty("ids").EnumerateArray()).Select(id => id.GetString()!));
            Assert.All(pair.First.GetProperty("members").EnumerateArray(), m => Assert.True(
                m.GetProperty("records").GetArrayLength() >= m.GetProperty("ids").GetArrayLength()));
        });
    }

    [Theory]
    [InlineData("@{-0.5|o7}", "2026-06-30T19:59:59.5000000Z")]
    [InlineData("a@{0|us24}b@{-60|o0}", "a06/30/2026 20:00:00b2026-06-30T19:59:00Z")]
    public void Times_are_put_in(string body, string expected) => Assert.Equal(expected, TimeToken.Put(body, End));

    [Theory]
    [InlineData("@{-1|xx}")]
    [InlineData("@{-1.5")]
    [InlineData("@{soon|o7}")]
    public void A_token_that_cannot_be_read_is_an_error(string body) =>
        Assert.Throws<FormatException>(() => TimeToken.Put(body, End));
}
