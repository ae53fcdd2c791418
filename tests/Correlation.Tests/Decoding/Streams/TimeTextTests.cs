using System.Text;
using Correlation.Decoding;

namespace Correlation.Tests.Decoding.Streams;

public class TimeTextTests
{
    [Theory]
    [InlineData("2007-01-09T09:41:00Z", 0)]
    [InlineData("2007-01-09T09:41:00", 0)]
    [InlineData("2007-01-09 09:41:00", 0)]
    [InlineData("2007-01-09T09:41Z", 0)]
    [InlineData("2007-01-09T09:41:00+00:00", 0)]
    [InlineData("2007-01-09T11:41:00+02:00", 0)]
    [InlineData("2007-01-09T04:11:00-0530", 0)]
    [InlineData("2007-01-09T09:41:00.22Z", 2_200_000)]
    [InlineData("2007-01-09T09:41:00.992Z", 9_920_000)]
    [InlineData("2007-01-09 09:41:00.992", 9_920_000)]
    [InlineData("2007-01-09T09:41:00.992099+00:00", 9_920_990)]
    [InlineData("2007-01-09T09:41:00.6816663Z", 6_816_663)]
    [InlineData("2007-01-09T09:41:00.535404056Z", 5_354_040)]
    [InlineData("2007-01-09T09: 41: 00.5354040Z", 5_354_040)]
    [InlineData("01/09/2007 09:41:00", 0)]
    [InlineData("1/9/2007 09:41:00", 0)]
    [InlineData("01/09/2007 09:41:00 AM", 0)]
    [InlineData("1/9/2007 9:41:00 AM", 0)]
    [InlineData("1/9/2007 10:41:00 AM +01:00", 0)]
    [InlineData("1/9/2007 9:41:00 AM +00:00", 0)]
    [InlineData("01/09/2007 09:41:00.5", 5_000_000)]
    [InlineData("Tue, 09 Jan 2007 09:41:00 GMT", 0)]
    [InlineData("Tue, 9 Jan 2007 11:41:00 +02:00", 0)]
    public void Every_form_that_was_met_is_read_as_UTC(string text, long ticks)
    {
        Assert.True(TimeText.TryParse(Encoding.UTF8.GetBytes(text), out var time));
        Assert.Equal(new DateTimeOffset(2007, 1, 9, 9, 41, 0, TimeSpan.Zero).AddTicks(ticks), time);
        Assert.Equal(TimeSpan.Zero, time.Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("09:41:00")]
    [InlineData("2007")]
    [InlineData("2007-13-09T09:41:00Z")]
    [InlineData("2007-02-30T09:41:00Z")]
    [InlineData("2007-01-09T24:41:00Z")]
    [InlineData("2007-01-09T09:41:00.Z")]
    [InlineData("2007-01-09T09:41:00+25:00")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("2007-01-09T")]
    [InlineData("2007-01-09T09")]
    [InlineData("2007-01-09T09:41:00Zulu and more than that, much more than a time could ever need")]
    public void What_names_no_moment_is_no_time(string text) =>
        Assert.False(TimeText.TryParse(Encoding.UTF8.GetBytes(text), out _));
}
