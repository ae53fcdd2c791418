using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Correlation.Storage.Azure;

/// <summary>Keys as row keys of tables and names of blobs, which hold neither <c>/ \ # ?</c> nor control characters.</summary>
/// <remarks>
/// Two different keys never become the same: lower-case letters, digits, <c>-</c> and <c>.</c> stand for themselves, <c>/</c> is
/// <c>~</c>, and every other byte of UTF-8 is <c>_</c> and two hexadecimal digits. What a key begins with, its stored form
/// begins with, so that rows can be found by prefix. What would be too long is cut and ends in a hash; such a row holds the
/// whole key too, and it is compared.
/// </remarks>
internal static class StoredKey
{
    /// <summary>The longest stored key; a table takes 512 characters.</summary>
    public const int Longest = 440;

    /// <summary>How much of a key that is too long is kept.</summary>
    public const int Kept = 400;

    private const int HashBytes = 16;
    private const string Empty = "_";

    /// <summary>The stored form of a key.</summary>
    /// <exception cref="ArgumentException">It is longer than 2,048 characters or not well-formed Unicode.</exception>
    public static string Of(string key)
    {
        var bytes = StoredText.Key(key);
        if (bytes.Length == 0) return Empty;
        var escaped = Escape(bytes);
        if (escaped.Length <= Longest) return escaped;
        return $"{escaped[..Kept]}__{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, HashBytes))}";
    }

    /// <summary>Whether a stored key ends in a hash, so that it does not say the whole key.</summary>
    public static bool IsCut(string stored) => stored.Length > Kept && stored.AsSpan(Kept).StartsWith("__");

    /// <summary>What the stored forms of all keys that begin with a prefix begin with.</summary>
    public static string Prefix(string prefix)
    {
        var escaped = Escape(StoredText.Key(prefix));
        return escaped.Length > Kept ? escaped[..Kept] : escaped;
    }

    /// <summary>The first text after all that begin with a prefix that is not empty.</summary>
    public static string After(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);

    private static string Escape(byte[] bytes)
    {
        var text = new StringBuilder(bytes.Length + 16);
        foreach (var one in bytes)
        {
            var letter = (char)one;
            if (letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '.') text.Append(letter);
            else if (letter == '/') text.Append('~');
            else text.Append(CultureInfo.InvariantCulture, $"_{one:x2}");
        }

        return text.ToString();
    }
}
