using Correlation.Storage;
using Correlation.Streams;

namespace Correlation.Silo.Hosting;

/// <summary>Where signals come from and where state goes: the embedded default.</summary>
internal static class StorageRegistration
{
    /// <summary>Adds the local log and SQLite storage under the data folder.</summary>
    public static void AddStreamsAndStorage(this WebApplicationBuilder builder, SiloSettings settings)
    {
        builder.Services.AddLocalStream(options => options.Folder = settings.DataFolder);
        builder.Services.AddSqliteStorage(options => options.Folder = settings.DataFolder);
    }
}
