using Correlation.Streams.Local;

namespace Correlation.Streams.Tests.Local;

/// <summary>A folder of its own with an open log; both are gone at the end.</summary>
internal sealed class LogFolder : IDisposable
{
    private readonly TimeProvider time;
    private readonly List<string> folders = [];

    public LogFolder(TimeProvider time, Action<LocalStreamOptions>? configure = null)
    {
        this.time = time;
        Options = new LocalStreamOptions { Folder = Fresh(), PollInterval = TimeSpan.FromMilliseconds(5) };
        configure?.Invoke(Options);
        Log = Open(Options.Folder);
    }

    public LocalStreamOptions Options { get; }

    public LocalLog Log { get; private set; }

    public string File => Path.Combine(Options.Folder, LogFormat.FileName);

    public void Restart()
    {
        Log.Dispose();
        Log = Open(Options.Folder);
    }

    /// <summary>Goes on with a copy of the files as a kill would leave them; the first log is abandoned.</summary>
    public void Kill()
    {
        var copy = Fresh();
        foreach (var file in Directory.GetFiles(Options.Folder))
        {
            if (!file.EndsWith("-shm", StringComparison.Ordinal))
                System.IO.File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        var abandoned = Log;
        Options.Folder = copy;
        Log = Open(copy);
        abandoned.Dispose();
    }

    /// <summary>Another log over the same file, as a second process would have it.</summary>
    public LocalLog Second() => Open(Options.Folder);

    public void Dispose()
    {
        Log.Dispose();
        foreach (var folder in folders) Directory.Delete(folder, recursive: true);
    }

    private LocalLog Open(string folder)
    {
        Options.Folder = folder;
        return new LocalLog(Microsoft.Extensions.Options.Options.Create(Options), time);
    }

    private string Fresh()
    {
        folders.Add(Directory.CreateTempSubdirectory("stream-").FullName);
        return folders[^1];
    }
}
