using Correlation.Delivery;
using Correlation.Signals;

namespace Correlation.Tests.Delivery;

public sealed class FateCodecTests
{
    /// <summary>What version 1 stored for <see cref="Messages"/>: never changed.</summary>
    private const string Version1 = "AQQCAgUBBAEAAQkB";

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
        var data = FateCodec.Encode([.. Messages, (13, all)]);

        for (var message = 0; message < Messages.Length; message++)
            Assert.Equal(Messages[message].Fates, FateCodec.Decode(data, message));
        Assert.Equal(all, FateCodec.Decode(data, Messages.Length));
        Assert.Throws<EndOfStreamException>(() => FateCodec.Decode(data, Messages.Length + 1));
    }

    [Fact]
    public void What_version_1_stored_is_read()
    {
        var stored = Convert.FromBase64String(Version1);
        Assert.Equal(Version1, Convert.ToBase64String(FateCodec.Encode(Messages)));
        Assert.All(Messages.Index(), message => Assert.Equal(message.Item.Fates, FateCodec.Decode(stored, message.Index)));
    }

    [Fact]
    public void A_newer_version_is_refused()
    {
        var stored = Convert.FromBase64String(Version1);
        stored[0]++;
        Assert.Contains("version 2", Assert.Throws<InvalidDataException>(() => FateCodec.Decode(stored, 0)).Message);
    }
}
