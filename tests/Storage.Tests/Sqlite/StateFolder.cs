using Correlation.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace Correlation.Storage.Tests.Sqlite;

/// <summary>A folder of its own with an open storage; both are gone at the end.</summary>
internal sealed class StateFolder : IDisposable
{
    private readonly List<string> folders = [];

    public StateFolder(Action<SqliteStorageOptions>? configure = null)
    {
        configure?.Invoke(Options);
        Options.Folder = Fresh();
        File = Open();
    }

    public SqliteStorageOptions Options { get; } = new();

    public StateFile File { get; private set; }

    public string Path => System.IO.Path.Combine(Options.Folder, StateFormat.FileName);

    public StateFile Open() => new(new OptionsWrapper<SqliteStorageOptions>(Options));

    public void Restart()
    {
        File.Dispose();
        File = Open();
    }

    /// <summary>Goes on with a copy of the files as a kill would leave them; the first storage is abandoned.</summary>
    public void Kill()
    {
        var copy = Fresh();
        foreach (var file in Directory.GetFiles(Options.Folder))
        {
            if (file.EndsWith("-shm", StringComparison.Ordinal)) continue;
            System.IO.File.Copy(file, System.IO.Path.Combine(copy, System.IO.Path.GetFileName(file)));
        }

        File.Dispose();
        Options.Folder = copy;
        File = Open();
    }

    public void Dispose()
    {
        File.Dispose();
        foreach (var folder in folders) Directory.Delete(folder, recursive: true);
    }

    private string Fresh()
    {
        folders.Add(Directory.CreateTempSubdirectory("state-").FullName);
        return folders[^1];
    }
}
