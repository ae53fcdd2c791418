using Azure;
using Correlation.Storage.Azure;

namespace Correlation.Storage.Tests.Azure;

public sealed class StoredKeyTests
{
    [Theory]
    [InlineData("", "_")]
    [InlineData("/subscriptions/0a-1/vm.x", "~subscriptions~0a-1~vm.x")]
    [InlineData("A_b~ ", "_41_5fb_7e_20")]
    [InlineData("ä", "_c3_a4")]
    [InlineData("#?\\\u007f\u0080", "_23_3f_5c_7f_c2_80")]
    public void A_key_has_one_stored_form(string key, string stored) => Assert.Equal(stored, StoredKey.Of(key));

    [Fact]
    public void No_two_keys_have_the_same_stored_form()
    {
        const string Letters = "a~/_0fA";
        var random = new Random(1);
        var keys = Rows.StrangeKeys.Concat(Enumerable.Range(0, 20_000).Select(_ =>
            string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Letters[random.Next(Letters.Length)])))).ToHashSet();
        Assert.Equal(keys.Count, keys.Select(StoredKey.Of).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [InlineData(440, false)]
    [InlineData(441, true)]
    [InlineData(2_048, true)]
    public void A_long_key_is_cut_and_ends_in_its_hash(int length, bool isCut)
    {
        var (one, other) = (StoredKey.Of(new string('k', length)), StoredKey.Of(new string('k', length - 1) + "l"));
        Assert.Equal((isCut, isCut), (StoredKey.IsCut(one), StoredKey.IsCut(other)));
        Assert.NotEqual(one, other);
        Assert.InRange(one.Length, 1, StoredKey.Longest);
    }

    [Theory]
    [InlineData("contoso/")]
    [InlineData("ä")]
    [InlineData("")]
    public void The_stored_form_begins_with_that_of_what_the_key_begins_with(string prefix)
    {
        foreach (var rest in Rows.StrangeKeys.Where(key => key.Length < 1_000 && key.Length + prefix.Length > 0))
        {
            var (from, stored) = (StoredKey.Prefix(prefix), StoredKey.Of(prefix + rest));
            Assert.StartsWith(from, stored, StringComparison.Ordinal);
            if (from.Length > 0) Assert.True(string.CompareOrdinal(stored, StoredKey.After(from)) < 0);
        }
    }

    [Theory]
    [InlineData("W/\"datetime'2026-11-25T15%3A52%3A36.1234567Z'\"", 1, false)]
    [InlineData("W/\"datetime'2106-01-31T23%3A59%3A59.0000000Z'\"", 1_000_001, true)]
    public void A_hint_holds_the_etag_of_the_row_and_fits_no_other_version(string azure, long etag, bool hasBlob)
    {
        var hint = StateHint.Pack(new ETag(azure), etag, hasBlob);
        Assert.True(StateHint.TryUnpack(hint, etag, out var read, out var blob));
        Assert.Equal((azure, hasBlob), (read.ToString("H"), blob));
        for (var away = 1; away < 100; away++) Assert.False(StateHint.TryUnpack(hint, etag + away, out _, out _));
    }

    [Theory]
    [InlineData("\"0x8D\"")]
    [InlineData("W/\"datetime'2026-11-25T15:52:36.1234567Z'\"")]
    [InlineData("W/\"datetime'2026-11-25T15%3A52%3A36.123Z'\"")]
    [InlineData("W/\"datetime'2019-11-25T15%3A52%3A36.1234567Z'\"")]
    [InlineData("")]
    public void An_etag_of_another_form_gives_no_hint(string azure)
    {
        Assert.Equal(0, StateHint.Pack(new ETag(azure), 1, false));
        Assert.False(StateHint.TryUnpack(0, 0, out _, out _));
    }
}
