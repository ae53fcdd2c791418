using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Correlation.Silo.Demo;

namespace Correlation.Estate.Tests;

public sealed class BundleTests
{
    private static readonly DateTimeOffset End = new(2026, 6, 30, 20, 40, 6, TimeSpan.Zero);

    [Fact]
    public async Task A_bundle_gives_back_its_messages_with_the_times_put_in()
    {
        using var stream = new MemoryStream();
        BundleWriter.WriteMessages(Days.Demo, stream);
        stream.Position = 0;

        var index = 0;
        await foreach (var message in BundleReader.ReadAsync(stream, End, TestContext.Current.CancellationToken))
        {
            var original = Days.Demo.Messages[index++];
            Assert.Equal(original.AtSeconds, message.At.TotalSeconds, 6);
            var body = Encoding.UTF8.GetString(message.Body);
            Assert.DoesNotContain("@{", body, StringComparison.Ordinal);
            Assert.Equal(Plain(original.TokenBody), body);
        }

        Assert.Equal(Days.Demo.Messages.Count, index);
    }

    [Theory]
    [InlineData("o7", -0.5, "2026-06-30T20:40:05.5000000Z")]
    [InlineData("o3", -0.5, "2026-06-30T20:40:05.500Z")]
    [InlineData("o0", -6, "2026-06-30T20:40:00Z")]
    [InlineData("off7", -3600.25, "2026-06-30T19:40:05.7500000+00:00")]
    [InlineData("us12", 0, "6/30/2026 8:40:06 PM")]
    [InlineData("us24", 86400, "07/01/2026 20:40:06")]
    public async Task Each_format_of_a_time_is_written_as_Azure_writes_it(string format, double seconds, string expected)
    {
        var body = await ReadOne($"{{\"t\":\"{TimeToken.Of(seconds, format)}\",\"é\":1}}");

        Assert.Equal($"{{\"t\":\"{expected}\",\"é\":1}}", body);
    }

    [Theory]
    [InlineData("@{-1|xx}")]
    [InlineData("@{-1.5")]
    [InlineData("@{soon|o7}")]
    [InlineData("@{}")]
    public async Task A_token_that_cannot_be_read_is_an_error(string body) =>
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadOne(body));

    [Theory]
    [InlineData("{\"at\":-1,\"body\":\"cut off")]
    [InlineData("{\"at\":-1,\"body\":\"x\"}")]
    [InlineData("no JSON\n")]
    [InlineData("{\"at\":-1}\n")]
    [InlineData("{\"body\":\"x\",\"at\":-1}\n")]
    public async Task A_bundle_that_is_cut_off_or_no_JSON_is_an_error(string text) =>
        await Assert.ThrowsAsync<InvalidDataException>(() => Read(text));

    private static string Plain(string body)
    {
        for (var at = body.IndexOf("@{", StringComparison.Ordinal); at >= 0; at = body.IndexOf("@{", StringComparison.Ordinal))
        {
            var close = body.IndexOf('}', at);
            var parts = body[(at + 2)..close].Split('|');
            var milliseconds = decimal.Parse(parts[0], CultureInfo.InvariantCulture) * 1000;
            var time = End.AddMilliseconds((double)milliseconds);
            body = body[..at] + Format(time, parts[1]) + body[(close + 1)..];
        }

        return body;
    }

    private static string Format(DateTimeOffset time, string name) => time.ToString(
        name switch
        {
            "o7" => @"yyyy-MM-dd\THH:mm:ss.fffffff\Z",
            "o3" => @"yyyy-MM-dd\THH:mm:ss.fff\Z",
            "off7" => @"yyyy-MM-dd\THH:mm:ss.fffffffzzz",
            "us12" => "M/d/yyyy h:mm:ss tt",
            _ => "MM/dd/yyyy HH:mm:ss",
        },
        CultureInfo.InvariantCulture);

    private static Task<string> ReadOne(string body) =>
        Read($"{{\"at\":-1,\"body\":{JsonSerializer.Serialize(body)}}}\n");

    private static async Task<string> Read(string lines)
    {
        using var stream = new MemoryStream();
        using (var brotli = new BrotliStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(Encoding.UTF8.GetBytes(lines));
        }

        stream.Position = 0;
        var body = "";
        await foreach (var message in BundleReader.ReadAsync(stream, End)) { body += Encoding.UTF8.GetString(message.Body); }

        return body;
    }
}
