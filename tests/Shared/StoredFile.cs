using System.IO.Compression;
using System.Reflection;

namespace Correlation.Tests.Shared;

/// <summary>Samples of the files that the product writes, one for each version of a format:
/// <c>Stored/(name)-(version).br</c>.</summary>
/// <remarks>A sample never changes once committed. A test run with <c>CORRELATION_WRITE_SAMPLES=1</c> writes one that is missing.
/// </remarks>
internal static class StoredFile
{
    private static readonly string Samples = typeof(StoredFile).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "StoredSamples").Value!;

    /// <summary>Puts a sample where the product looks for its file.</summary>
    public static void Unpack(string name, int version, string target)
    {
        using var packed = File.OpenRead(PathOf(name, version));
        using var content = new BrotliStream(packed, CompressionMode.Decompress);
        using var file = File.Create(target);
        content.CopyTo(file);
    }

    /// <summary>Makes a sample of a file where it was asked for and there is none.</summary>
    public static void PackMissing(string name, int version, string source)
    {
        var path = PathOf(name, version);
        if (Environment.GetEnvironmentVariable("CORRELATION_WRITE_SAMPLES") != "1" || File.Exists(path)) return;
        Directory.CreateDirectory(Samples);
        using var packed = File.Create(path);
        using var content = new BrotliStream(packed, CompressionLevel.SmallestSize);
        content.Write(File.ReadAllBytes(source));
    }

    /// <summary>Whether there is a sample.</summary>
    public static bool Exists(string name, int version) => File.Exists(PathOf(name, version));

    private static string PathOf(string name, int version) => Path.Combine(Samples, $"{name}-{version}.br");
}
