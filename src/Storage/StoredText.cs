using System.Text;

namespace Correlation.Storage;

/// <summary>Keys and other texts as they are stored.</summary>
internal static class StoredText
{
    /// <summary>The longest key, in characters.</summary>
    public const int KeyLength = 2_048;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes of a key.</summary>
    /// <exception cref="ArgumentException">It is longer than 2,048 characters or not well-formed Unicode.</exception>
    public static byte[] Key(string key)
    {
        CheckLength(key);
        return Strict.GetBytes(key);
    }

    /// <summary>Refuses what <see cref="Key"/> refuses.</summary>
    /// <exception cref="ArgumentException">It is longer than 2,048 characters or not well-formed Unicode.</exception>
    public static void CheckKey(string key)
    {
        CheckLength(key);
        Strict.GetByteCount(key);
    }

    /// <summary>The bytes of a text that is only shown; what is not well-formed is replaced.</summary>
    public static byte[] Shown(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Compares by code point, as the bytes do.</summary>
    public static int Compare(string one, string other) =>
        Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other));

    /// <summary>The first bytes after all keys that begin with a prefix; empty where every key does.</summary>
    public static byte[] After(byte[] prefix)
    {
        var after = prefix.ToArray();
        if (after.Length > 0) after[^1]++; // No byte of UTF-8 is 0xFF.
        return after;
    }

    private static void CheckLength(string key)
    {
        if (key.Length > KeyLength)
            throw new ArgumentException($"A key of {key.Length} characters is over {KeyLength}.", nameof(key));
    }
}
