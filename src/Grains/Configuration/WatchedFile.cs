using Correlation.Configuration;

namespace Correlation.Grains.Configuration;

/// <summary>The text of one file of this machine, read where it changed.</summary>
internal sealed class WatchedFile(string path, TimeProvider time)
{
    private DateTime? _read;

    /// <summary>The text, where it was written at another time than at the last call; null where it was not.</summary>
    /// <exception cref="IOException">It could not be read; the next call tries again.</exception>
    /// <exception cref="InvalidDataException">It is larger than <see cref="ConfigurationLimits.FileBytes"/>.</exception>
    public WrittenText? Changed()
    {
        var file = new FileInfo(path);
        var written = file.Exists ? file.LastWriteTimeUtc : DateTime.MinValue;
        if (written == _read) return null;
        var fits = !file.Exists || file.Length <= ConfigurationLimits.FileBytes;
        var text = file.Exists && fits ? File.ReadAllText(path) : null;

        // What changes before our eyes was meant now, whatever time it carries; and so was a file taken away.
        var meant = _read is null && file.Exists ? new DateTimeOffset(written, TimeSpan.Zero) : time.GetUtcNow();
        _read = written;
        return fits ? new WrittenText(text, meant) : throw new InvalidDataException(
            $"the file has {file.Length} bytes, {ConfigurationLimits.FileBytes} are allowed");
    }
}

/// <summary>A file's text.</summary>
/// <param name="Text">The text; null where there is no file.</param>
/// <param name="Written">When it was written or taken away, wall clock.</param>
internal sealed record WrittenText(string? Text, DateTimeOffset Written);
