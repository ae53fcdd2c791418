namespace Correlation.LoadTests.Shared;

/// <summary>A folder that is there while a scenario runs; it is removed afterwards, also after a failure.</summary>
internal sealed class Workspace(string scenario) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory($"correlation-{scenario}-");

    /// <summary>A new folder within.</summary>
    public string Folder(string name) => _folder.CreateSubdirectory(name).FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
