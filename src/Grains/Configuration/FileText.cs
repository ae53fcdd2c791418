using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Correlation.Grains.Configuration;

/// <summary>The text of a file as it is told apart, sent and stored.</summary>
internal static class FileText
{
    /// <summary>The SHA-256 of a text in UTF-8, hexadecimal.</summary>
    public static string HashOf(string text) => HashOf(Encoding.UTF8.GetBytes(text));

    /// <summary>The SHA-256 of bytes, hexadecimal.</summary>
    public static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The text, compressed.</summary>
    public static byte[] Pack(string text) => Pack(Encoding.UTF8.GetBytes(text));

    /// <summary>Bytes, compressed.</summary>
    public static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal)) brotli.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>The text that was compressed.</summary>
    public static string Unpack(byte[] packed) => Encoding.UTF8.GetString(UnpackBytes(packed));

    /// <summary>The bytes that were compressed.</summary>
    public static byte[] UnpackBytes(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        brotli.CopyTo(bytes);
        return bytes.ToArray();
    }
}
