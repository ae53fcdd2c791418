namespace Correlation.Silo.Hosting;

/// <summary>The data folder belongs to one running process: two of them would undo each other's work on the same rows.</summary>
internal static class DataFolder
{
    /// <summary>The file that the running process holds open; the system lets go of it when the process ends,
    /// however it ends.</summary>
    private const string LockFile = "lock";

    /// <summary>Makes the folder where there is none, and claims it until the result is disposed.</summary>
    /// <exception cref="StartException">Another process has it, or it cannot be written.</exception>
    public static IDisposable Claim(SiloSettings settings)
    {
        try
        {
            System.IO.Directory.CreateDirectory(settings.DataFolder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Refused(settings, $"cannot be made ({error.Message})");
        }

        try
        {
            return new FileStream(
                Path.Combine(settings.DataFolder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw Refused(settings, "is in use by another running process");
        }
        catch (UnauthorizedAccessException)
        {
            throw Refused(settings, "cannot be written");
        }
    }

    private static StartException Refused(SiloSettings settings, string why) => new(
        $"The data folder {settings.DataFolder} {why}: choose another folder with the environment variable " +
        SiloSettings.FolderVariable);
}
