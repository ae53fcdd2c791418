using Correlation.Streams.EventHubs;

namespace Correlation.Streams.Tests.EventHubs;

public sealed class AmqpValueTests
{
    [Theory]
    [InlineData("A103616263", "abc")]
    [InlineData("A305782D6F7074", "x-opt")]
    [InlineData("B100000003616263", "abc")]
    [InlineData("A100", "")]
    [InlineData("40", "")]
    [InlineData("41", "true")]
    [InlineData("42", "false")]
    [InlineData("5601", "true")]
    [InlineData("43", "0")]
    [InlineData("44", "0")]
    [InlineData("50FF", "255")]
    [InlineData("51FF", "-1")]
    [InlineData("5207", "7")]
    [InlineData("5480", "-128")]
    [InlineData("55FE", "-2")]
    [InlineData("60FFFF", "65535")]
    [InlineData("61FFFF", "-1")]
    [InlineData("70FFFFFFFF", "4294967295")]
    [InlineData("71FFFFFFFF", "-1")]
    [InlineData("7240600000", "3.5")]
    [InlineData("7300000041", "A")]
    [InlineData("80FFFFFFFFFFFFFFFF", "18446744073709551615")]
    [InlineData("81FFFFFFFFFFFFFFFF", "-1")]
    [InlineData("82400C000000000000", "3.5")]
    [InlineData("830000019B00000000", "2025-12-08T22:05:58.6560000+00:00")]
    [InlineData("98000102030405060708090A0B0C0D0E0F", "00010203-0405-0607-0809-0a0b0c0d0e0f")]
    [InlineData("A003010203", "AQID")]
    public void A_primitive_is_read_as_AMQP_says(string hex, string text) =>
        Assert.Equal(text, AmqpValue.Text(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("", "")]
    [InlineData("746578742F706C61696E", "text/plain")]
    [InlineData("A1056162", "oQVhYg==")]
    [InlineData("C3BC626572", "über")]
    [InlineData("837FFFFFFFFFFFFFFF", "g3//////////")]
    [InlineData("FFFE", "//4=")]
    public void What_is_no_whole_primitive_is_text_or_base64(string hex, string text) =>
        Assert.Equal(text, AmqpValue.Text(Convert.FromHexString(hex)));

    [Fact]
    public void No_bytes_at_all_make_it_fail()
    {
        var random = new Random(7);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(0, 24)];
            random.NextBytes(bytes);
            Assert.NotNull(AmqpValue.Text(bytes));
        }
    }
}
