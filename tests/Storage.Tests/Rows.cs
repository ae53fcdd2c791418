using System.Text;

namespace Correlation.Storage.Tests;

/// <summary>Rows, keys and bytes for tests.</summary>
public static class Rows
{
    /// <summary>Keys that a store must neither mix up nor refuse.</summary>
    public static readonly string[] StrangeKeys =
    [
        "a", "A", "ä", "a/b", "a\\b", "a#b", "a?b", "a%b", "a%2fb", "a'b", "a\"b", "a\0b", "a\0c", "😀", " a", "a ", "a\tb", "",
        new string('k', 2_048), new string('k', 2_047), "_", "*", "%", "ключ", "'; DROP TABLE state; --",
    ];

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    public static StateWrite Write(string key, long etag, string text) => new(key, etag, Bytes(text));

    public static byte[] Mebibyte(int seed)
    {
        var bytes = new byte[1024 * 1024];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
