using Correlation.Decoding;
using Correlation.Delivery;
using Correlation.Signals;

namespace Correlation.Tests.Delivery;

public sealed class FateCodecTests
{
    /// <summary>What version 1 stored for <see cref="Messages"/>: never changed.</summary>
    private const string Version1 = "AQQCAgUBBAEAAQkB";

    /// <summary>What version 2 stored for the same, with <see cref="Rejected"/>.</summary>
    private const string Version2 = "AgEBAgABBAICBQEEAQABCQE=";

    private static readonly RejectedSlot[] Rejected = [new(1, 2, 0, (RejectReason)1)];

    private static readonly (long Offset, Fate[] Fates)[] Messages =
    [
        (10, [Fate.Duplicate, Fate.Duplicate, Fate.Context, Fate.Aggregated]),
        (11, []),
        (12, [Fate.Failed]),
    ];

    [Fact]
    public void The_fates_of_each_message_come_back_as_they_were()
    {
        var all = Enum.GetValues<Fate>();
        var data = FateCodec.Encode([.. Messages, (13, all)], []);

        for (var message = 0; message < Messages.Length; message++)
            Assert.Equal(Messages[message].Fates, FateCodec.Decode(data, message));
        Assert.Equal(all, FateCodec.Decode(data, Messages.Length));
        Assert.Throws<EndOfStreamException>(() => FateCodec.Decode(data, Messages.Length + 1));
    }

    [Fact]
    public void What_was_rejected_comes_back_with_its_reason_and_the_fates_beside_it()
    {
        RejectedSlot[] rejected = [new(0, 3, 1, RejectReason.NoResource), new(2, 400, 0, RejectReason.NotJson)];
        var data = FateCodec.Encode(Messages, rejected);

        Assert.Equal(rejected, FateCodec.Rejected(data));
        Assert.All(Messages.Index(), message => Assert.Equal(message.Item.Fates, FateCodec.Decode(data, message.Index)));
        Assert.Empty(FateCodec.Rejected(FateCodec.Encode(Messages, []))!);
    }

    [Theory]
    [InlineData(Version1)]
    [InlineData(Version2)]
    public void What_earlier_versions_stored_is_read(string text)
    {
        var stored = Convert.FromBase64String(text);
        Assert.Equal(Version2, Convert.ToBase64String(FateCodec.Encode(Messages, Rejected)));
        Assert.Equal(text == Version1 ? null : Rejected, FateCodec.Rejected(stored));
        Assert.All(Messages.Index(), message => Assert.Equal(message.Item.Fates, FateCodec.Decode(stored, message.Index)));
    }

    [Fact]
    public void A_newer_version_is_refused()
    {
        var stored = Convert.FromBase64String(Version1);
        stored[0] = 3;
        Assert.Contains("version 3", Assert.Throws<InvalidDataException>(() => FateCodec.Decode(stored, 0)).Message);
    }
}
