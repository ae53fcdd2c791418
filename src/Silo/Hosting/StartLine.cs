namespace Correlation.Silo.Hosting;

/// <summary>Says where to look once the process listens.</summary>
internal static partial class StartLine
{
    /// <summary>Logs one line with the addresses and the data folder when the process has started.</summary>
    public static void MapStartLine(this WebApplication app, SiloSettings settings) => app.Lifetime.ApplicationStarted.Register(
        () => LogListening(app.Logger, string.Join(", ", app.Urls), settings.DataFolder));

    [LoggerMessage(LogLevel.Information, "Open {Addresses} (state lies in {Folder}; Ctrl-C stops)")]
    private static partial void LogListening(ILogger log, string addresses, string folder);
}
