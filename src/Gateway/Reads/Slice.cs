using System.Globalization;
using System.Text;
using Correlation.Contracts;
using Correlation.Gateway.Api;
using Microsoft.AspNetCore.WebUtilities;

namespace Correlation.Gateway.Reads;

/// <summary>Pages of lists that are put together here. A cursor is opaque: what it holds may change.</summary>
internal static class Slice
{
    private const int LongestCursor = 512;

    /// <summary>The page of a whole list that begins where a cursor says.</summary>
    public static Page<T> Of<T>(IReadOnlyList<T> all, string? cursor, int limit)
    {
        var skip = 0;
        if (cursor is not null && (!int.TryParse(Read(cursor), NumberStyles.None, CultureInfo.InvariantCulture, out skip)))
            throw BadCursor();
        var next = skip + (long)limit < all.Count ? Write((skip + limit).ToString(CultureInfo.InvariantCulture)) : null;
        return new Page<T>([.. all.Skip(skip).Take(limit)], next);
    }

    /// <summary>A cursor that holds a text.</summary>
    public static string Write(string text) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(text));

    /// <summary>The text that a cursor holds.</summary>
    /// <exception cref="BadRequestException">It is no cursor of ours.</exception>
    public static string Read(string cursor)
    {
        try
        {
            if (cursor.Length <= LongestCursor) return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(cursor));
        }
        catch (FormatException)
        {
            // Answered below, as a text that is too long is.
        }

        throw BadCursor();
    }

    public static BadRequestException BadCursor() => new("'cursor' is not one that this list has given.");
}
