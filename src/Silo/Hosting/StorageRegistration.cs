using Correlation.Storage;
using Correlation.Streams;
using Correlation.Streams.EventHubs;
using Correlation.Streams.Local;

namespace Correlation.Silo.Hosting;

/// <summary>Where signals come from and where state goes: files of the data folder, or Azure where that is configured.</summary>
internal static class StorageRegistration
{
    private const string StreamSection = "Correlation:Stream";
    private const string KindKey = "Streams:Kind";
    private const string StorageSection = "Correlation:Storage";
    private const string ArchiveSection = "Correlation:Archive";
    private const string ProviderKey = "Storage:Provider";
    private const string AzureSection = "Storage:Azure";
    private const string StreamFolderKey = $"{StreamSection}:{nameof(LocalStreamOptions.Folder)}";

    /// <summary>Adds the streams that <c>Streams:Kind</c> names: <c>Local</c>, the local log under the data folder, or, for one
    /// of several processes, in the folder that they share (<c>Correlation:Stream:Folder</c>); or <c>EventHubs</c> with the
    /// settings of <c>Streams:EventHubs</c>, beside which the local log holds recordings, where this process has
    /// one.</summary>
    /// <exception cref="StartException">The kind is neither; or the process is one of several, and no folder is
    /// named.</exception>
    public static void AddStreams(this WebApplicationBuilder builder, SiloSettings settings)
    {
        var hasLog = !settings.IsClustered || !string.IsNullOrWhiteSpace(builder.Configuration[StreamFolderKey]);
        switch (builder.Configuration[KindKey])
        {
            case null or "" or "Local" when !hasLog:
                throw new StartException(
                    $"Several processes read one log: name the folder that they share with {StreamFolderKey}, the same for " +
                    "each.");
            case null or "" or "Local":
                builder.Services.AddLocalStream(Log);
                break;
            case "EventHubs":
                builder.Services.AddEventHubs(
                    options => builder.Configuration.GetSection(EventHubsOptions.Section).Bind(options), hasLog ? Log : null);
                break;
            case var other:
                throw new StartException($"{KindKey} is '{other}'; it must be Local or EventHubs.");
        }

        void Log(LocalStreamOptions options)
        {
            builder.Configuration.GetSection(StreamSection).Bind(options);
            options.IsShared = settings.IsClustered;
            if (!settings.IsClustered) options.Folder = settings.DataFolder;
        }
    }

    /// <summary>Adds the storage that <c>Storage:Provider</c> names: <c>Sqlite</c> under the data folder, or
    /// <c>AzureStorage</c> with the settings of <c>Storage:Azure</c>. Limits of SQLite are configured, its place is
    /// not.</summary>
    /// <exception cref="StartException">The provider is none of these, or several silos cannot share it.</exception>
    public static void AddStorage(this WebApplicationBuilder builder, SiloSettings settings)
    {
        switch (builder.Configuration[ProviderKey])
        {
            case null or "" or "Sqlite" when settings.IsClustered:
                throw new StartException(
                    $"Several silos share one storage, and Sqlite's is one process's: set {ProviderKey}=AzureStorage.");
            case null or "" or "Sqlite":
                builder.AddEmbeddedStorage(settings);
                break;
            case "AzureStorage":
                builder.Services.AddAzureStorage(options => builder.Configuration.GetSection(AzureSection).Bind(options));
                break;
            case var other:
                throw new StartException($"{ProviderKey} is '{other}'; it must be Sqlite or AzureStorage.");
        }
    }

    /// <summary>Asks a storage account whether it can be used, before anything has started.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    public static Task CheckStorageAsync(this IServiceProvider services) =>
        services.CheckAzureStorageAsync(CancellationToken.None);

    /// <summary>Asks Event Hubs, where that is the stream, whether what is set can be used.</summary>
    /// <exception cref="IOException">It cannot, and waiting will not mend it.</exception>
    public static Task CheckStreamsAsync(this IServiceProvider services) =>
        services.CheckEventHubsAsync(CancellationToken.None);

    private static void AddEmbeddedStorage(this WebApplicationBuilder builder, SiloSettings settings)
    {
        builder.Services.AddSqliteStorage(options =>
        {
            builder.Configuration.GetSection(StorageSection).Bind(options);
            options.Folder = settings.DataFolder;
        });
        builder.Services.AddFolderArchive(options =>
        {
            options.Folder = Path.Combine(settings.DataFolder, "archive");
            builder.Configuration.GetSection(ArchiveSection).Bind(options);
        });
    }
}
