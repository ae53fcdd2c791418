using System.Text;
using Correlation.Decoding;

namespace Correlation.Tests.Decoding;

public sealed class RecordPartsTests
{
    [Theory]
    [InlineData("""{"records":[{"a":1},{"b":[2]}],"more":0}""", new[] { """{"a":1}""", """{"b":[2]}""" })]
    [InlineData("""[{"a":1},{"b":2}]""", new[] { """{"a":1}""", """{"b":2}""" })]
    [InlineData("""[{"records":[{"a":1}]},{"b":2}]""", new[] { """{"a":1}""", """{"b":2}""" })]
    [InlineData("""{"a":{"records":[1]}}""", new[] { """{"a":{"records":[1]}}""" })]
    public void A_message_comes_apart_into_its_records_as_they_came(string message, string[] records) =>
        Assert.Equal(records, RecordParts.Of(Encoding.UTF8.GetBytes(message), records.Length));

    [Theory]
    [InlineData("""{"records":[{"a":1},{"b":2}]}""", 3)]
    [InlineData("""{"records":[{"a":1},{"b":2}""", 2)]
    [InlineData("""{"a":1}{"b":2}""", 2)]
    [InlineData("", 0)]
    public void What_is_no_plain_JSON_or_counts_otherwise_stays_whole(string message, int count) =>
        Assert.Null(RecordParts.Of(Encoding.UTF8.GetBytes(message), count));
}
