using System.Text;
using Correlation.Decoding;
using static Correlation.Tests.Decoding.Streams.Some;

namespace Correlation.Tests.Decoding.Streams;

public class LimitTests
{
    [Theory]
    [InlineData("", RejectReason.Empty)]
    [InlineData(" \r\n ", RejectReason.Empty)]
    [InlineData("\uFEFF", RejectReason.Empty)]
    [InlineData("7", RejectReason.NotAnObject)]
    [InlineData("null", RejectReason.NotAnObject)]
    [InlineData("{}", RejectReason.NoResourceNoTime)]
    [InlineData("{", RejectReason.NotJson)]
    [InlineData("]", RejectReason.NotJson)]
    public void A_message_that_says_nothing_is_one_record_with_its_reason(string payload, RejectReason reason)
    {
        var decoded = Decode(payload);
        Assert.Equal(1, decoded.Records);
        Assert.Equal(reason, Assert.Single(decoded.Rejections).Reason);
    }

    [Fact]
    public void A_message_may_be_as_large_as_the_limit_and_no_larger()
    {
        var limits = new DecodingLimits { MessageBytes = 2048 };
        var fits = Log("~p/n/t/a").PadRight(2048);
        Assert.Single(Decode(fits, limits).Signals);
        Assert.Equal(RejectReason.MessageTooLarge, Assert.Single(Decode(fits + " ", limits).Rejections).Reason);
    }

    [Fact]
    public void A_record_that_is_too_deep_leaves_its_siblings_alone()
    {
        var deep = $$"""{"time":"2026-03-01T10:00:00Z","resourceId":"r","x":{{new string('[', 64)}}{{new string(']', 64)}}}""";
        var decoded = Decode($$"""{"records":[{{Log("a")}},{{deep}},{{Log("b")}}]}""");
        Assert.Equal(["a", "b"], decoded.Signals.Select(s => s.Resource.Canonical));
        Assert.Equal((1, RejectReason.TooDeep), (decoded.Rejections.Single().Record, decoded.Rejections.Single().Reason));
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void A_message_of_nothing_but_brackets_ends_soon(char bracket)
    {
        var decoded = Decode(new string(bracket, 1024 * 1024));
        Assert.Equal(1, decoded.Records);
        Assert.Single(decoded.Rejections);
    }

    [Theory]
    [InlineData("{x}")]
    [InlineData("{\"time\":x}")]
    [InlineData("{\"a\":'")]
    [InlineData("x{\"resourceId\"")]
    public void A_message_of_nothing_but_broken_records_ends_soon(string broken)
    {
        var payload = new StringBuilder();
        while (payload.Length < 1_000_000) payload.Append(broken);
        var decoded = Decode(payload.ToString());
        Assert.Empty(decoded.Signals);
        Assert.Equal(decoded.Records, RecordsOf(decoded));
    }

    [Fact]
    public void Records_beyond_the_limit_are_rejected_one_by_one()
    {
        var records = string.Join(',', Enumerable.Range(0, 12).Select(i => Log($"r{i}")));
        var decoded = Decode($$"""{"records":[{{records}}]}""", new DecodingLimits { Records = 10 });
        Assert.Equal(12, decoded.Records);
        Assert.Equal(10, decoded.Signals.Count);
        Assert.Equal([10, 11], decoded.Rejections.Select(r => r.Record));
        Assert.All(decoded.Rejections, r => Assert.Equal(RejectReason.TooManyRecords, r.Reason));
    }

    [Fact]
    public void Texts_are_cut_at_their_limits()
    {
        var long1 = new string('x', 50_000);
        var payload = $$"""
            {"time":"2026-03-01T10:00:00Z","resourceId":"r","category":"{{long1}}","operationName":"{{long1}}","level":"Error",
            "message":"{{long1}}","identity":"{{long1}}","correlationId":"{{long1}}"}
            """;
        var signal = Assert.Single(Decode(payload).Signals);
        Assert.True(signal.Condition!.Key.Length <= 512);
        Assert.Equal(256, signal.Detail!.Title.Length);
        Assert.Equal(1024, signal.Detail.Text!.Length);
        Assert.Null(signal.Detail.Actor);
        Assert.Empty(signal.Detail.CauseKeys);
    }

    [Fact]
    public void A_resource_id_beyond_its_limit_is_none()
    {
        var decoded = Decode(Log("/subscriptions/" + new string('x', 2000)));
        Assert.Equal(RejectReason.NoResource, Assert.Single(decoded.Rejections).Reason);
    }
}
