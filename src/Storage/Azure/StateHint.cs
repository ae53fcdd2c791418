using System.Globalization;
using Azure;

namespace Correlation.Storage.Azure;

/// <summary>The hint that goes with a state row: the row's etag in Azure, so that a write needs no read before it.</summary>
/// <remarks>
/// <para>Azure's etag is the row's time of change, which fits into 55 bits; with it go 7 bits of the etag of the seam and whether
/// the row has a blob. So nothing is kept in memory for a row, and a hint survives with the state it belongs to.</para>
/// <para>A hint that does not fit the expected etag, or none because the service has changed the form of its etags, costs a read;
/// it never changes an outcome.</para>
/// </remarks>
internal static class StateHint
{
    private const string Before = "W/\"datetime'";
    private const string After = "'\"";
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";
    private const int BlobBits = 1;
    private const int ETagBits = 7;
    private const long ETagMask = (1 << ETagBits) - 1;
    private static readonly long Epoch = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <summary>Packs a hint; 0 where the etag is of another form.</summary>
    public static long Pack(ETag azure, long etag, bool hasBlob)
    {
        var text = azure.ToString("H");
        if (!text.StartsWith(Before, StringComparison.Ordinal) || !text.EndsWith(After, StringComparison.Ordinal)) return 0;
        var time = Uri.UnescapeDataString(text[Before.Length..^After.Length]);
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTime.TryParseExact(time, Form, CultureInfo.InvariantCulture, Utc, out var changed)) return 0;
        var ticks = changed.Ticks - Epoch;
        if (ticks <= 0 || ticks >> (63 - ETagBits - BlobBits) != 0 || Write(changed) != text) return 0;
        return (ticks << (ETagBits + BlobBits)) | ((etag & ETagMask) << BlobBits) | (hasBlob ? 1L : 0);
    }

    /// <summary>Unpacks a hint.</summary>
    /// <returns>False where it does not belong to a row of the expected etag.</returns>
    public static bool TryUnpack(long hint, long expected, out ETag azure, out bool hasBlob)
    {
        (azure, hasBlob) = (default, (hint & 1) != 0);
        if (hint <= 0 || ((hint >> BlobBits) & ETagMask) != (expected & ETagMask)) return false;
        azure = new ETag(Write(new DateTime((hint >> (ETagBits + BlobBits)) + Epoch, DateTimeKind.Utc)));
        return true;
    }

    private static string Write(DateTime changed) =>
        Before + Uri.EscapeDataString(changed.ToString(Form, CultureInfo.InvariantCulture)) + After;
}
