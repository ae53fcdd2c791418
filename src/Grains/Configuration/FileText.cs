using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Correlation.Grains.Configuration;

/// <summary>The text of a file as it is told apart, sent and stored.</summary>
internal static class FileText
{
    /// <summary>The SHA-256 of a text in UTF-8, hexadecimal.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The text, compressed.</summary>
    public static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal)) brotli.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    /// <summary>What <see cref="Pack"/> compressed.</summary>
    public static string Unpack(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var reader = new StreamReader(brotli, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
