using System.Reflection;

namespace Correlation.Grains.Tests.Stored;

/// <summary>The samples of the stored form: files <c>Samples/v(version)/(kind).sample</c>, and where members were added later
/// <c>(kind).2.sample</c> and so on.</summary>
/// <remarks>
/// The first line is the stored form in Base64 and never changes once committed; the others are its content, as lines of
/// <see cref="Content"/>. A test run with <c>CORRELATION_WRITE_SAMPLES=1</c> writes the samples that are missing for the version
/// that the program writes now; it replaces none. Where a member is renamed, the content's lines are, by hand.
/// </remarks>
internal static class StoredSamples
{
    /// <summary>The variable that makes the tests write what is missing.</summary>
    public const string WriteVariable = "CORRELATION_WRITE_SAMPLES";

    private static readonly string Folder = typeof(StoredSamples).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "StoredSamples").Value!;

    /// <summary>The kind that a sample is of.</summary>
    public static string KindOf(string sample) => sample.Split('.')[0];

    /// <summary>Whether a sample of a version holds all of some content.</summary>
    public static bool Holds(byte version, string kind, IReadOnlyList<string> content) => Names(version)
        .Where(sample => KindOf(sample) == kind).Any(sample => !content.Except(Read(version, sample).Content).Any());

    /// <summary>The names of the samples of a version.</summary>
    public static IEnumerable<string> Names(byte version) => System.IO.Directory.Exists(FolderOf(version))
        ? System.IO.Directory.EnumerateFiles(FolderOf(version), "*.sample").Select(Path.GetFileNameWithoutExtension)
            .OfType<string>()
        : [];

    /// <summary>A sample: what is stored and what is in it.</summary>
    public static (byte[] Stored, IReadOnlyList<string> Content) Read(byte version, string sample)
    {
        var lines = File.ReadAllLines(PathOf(version, sample));
        return (Convert.FromBase64String(lines[0]), lines[1..]);
    }

    /// <summary>Writes a sample of the present version where it was asked for and none has all of the content.</summary>
    public static void WriteMissing(string kind, byte[] stored, IReadOnlyList<string> content)
    {
        if (Environment.GetEnvironmentVariable(WriteVariable) != "1" || Holds(StoredForm.Version, kind, content)) return;
        System.IO.Directory.CreateDirectory(FolderOf(StoredForm.Version));
        var number = Names(StoredForm.Version).Count(sample => KindOf(sample) == kind) + 1;
        var path = PathOf(StoredForm.Version, number == 1 ? kind : $"{kind}.{number}");
        File.WriteAllLines(path, [Convert.ToBase64String(stored), .. content]);
    }

    private static string FolderOf(byte version) => Path.Combine(Folder, $"v{version}");

    private static string PathOf(byte version, string sample) => Path.Combine(FolderOf(version), $"{sample}.sample");
}
