using System.Text.Json;

namespace Correlation.Silo.Tests;

/// <summary>A data folder of a test's own, with the end of the demo's estate fixed so that two folders replay the same
/// bytes.</summary>
internal sealed class DataFolder : IDisposable
{
    public DataFolder(DateTimeOffset end)
    {
        Path = Directory.CreateTempSubdirectory("correlation-").FullName;
        File.WriteAllText(System.IO.Path.Combine(Path, "demo.json"), JsonSerializer.Serialize(new { End = end }));
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
