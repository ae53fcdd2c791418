using Correlation.Storage;
using Correlation.Streams;

namespace Correlation.Silo.Hosting;

/// <summary>Where signals come from and where state goes: the embedded default.</summary>
internal static class StorageRegistration
{
    private const string StreamSection = "Correlation:Stream";
    private const string StorageSection = "Correlation:Storage";

    /// <summary>Adds the local log and SQLite storage under the data folder; their limits are configured,
    /// their place is not.</summary>
    public static void AddStreamsAndStorage(this WebApplicationBuilder builder, SiloSettings settings)
    {
        builder.Services.AddLocalStream(options =>
        {
            builder.Configuration.GetSection(StreamSection).Bind(options);
            options.Folder = settings.DataFolder;
        });
        builder.Services.AddSqliteStorage(options =>
        {
            builder.Configuration.GetSection(StorageSection).Bind(options);
            options.Folder = settings.DataFolder;
        });
    }
}
