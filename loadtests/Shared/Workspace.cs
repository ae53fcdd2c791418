namespace Correlation.LoadTests.Shared;

/// <summary>A folder that is there while a scenario runs; it is removed afterwards, also after a failure.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly IDisposable _cleanup;

    /// <summary>Makes it where temporary files lie.</summary>
    public Workspace(string scenario)
    {
        _folder = Directory.CreateTempSubdirectory($"correlation-{scenario}-");
        _cleanup = Cleanup.Add(() => _folder.Delete(recursive: true));
    }

    /// <summary>A new folder within.</summary>
    public string Folder(string name) => _folder.CreateSubdirectory(name).FullName;

    public void Dispose()
    {
        _cleanup.Dispose();
        _folder.Delete(recursive: true);
    }
}
