using Correlation.Storage;
using Correlation.Storage.Azure;
using Correlation.Streams;

namespace Correlation.Silo.Hosting;

/// <summary>Where signals come from and where state goes: in files of the data folder, or in Azure where that is configured.</summary>
internal static class StorageRegistration
{
    private const string ProviderKey = "Storage:Provider";
    private const string AzureSection = "Storage:Azure";

    /// <summary>Adds the local log, and the storage that <c>Storage:Provider</c> names: <c>Sqlite</c> under the data folder, or
    /// <c>AzureStorage</c> with the settings of <c>Storage:Azure</c> (<see cref="AzureStorageOptions"/>).</summary>
    /// <exception cref="InvalidOperationException">The provider is none of these.</exception>
    public static void AddStreamsAndStorage(this WebApplicationBuilder builder, SiloSettings settings)
    {
        builder.Services.AddLocalStream(options => options.Folder = settings.DataFolder);
        switch (builder.Configuration[ProviderKey])
        {
            case null or "" or "Sqlite":
                builder.Services.AddSqliteStorage(options => options.Folder = settings.DataFolder);
                builder.Services.AddFolderArchive(options => options.Folder = Path.Combine(settings.DataFolder, "archive"));
                break;
            case "AzureStorage":
                builder.Services.AddAzureStorage(options => builder.Configuration.GetSection(AzureSection).Bind(options));
                break;
            default:
                throw new InvalidOperationException($"{ProviderKey} is neither Sqlite nor AzureStorage.");
        }
    }
}
