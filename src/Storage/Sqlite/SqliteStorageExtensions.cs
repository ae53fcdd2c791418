using Correlation.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Correlation.Storage;

/// <summary>Adds the embedded storage.</summary>
public static class SqliteStorageExtensions
{
    /// <summary>Adds <c>state.db</c> as <see cref="IStateStore"/>, <see cref="IJournalStore"/>, <see cref="ICheckpointStore"/>
    /// and
    /// <see cref="IParkingLane"/>.</summary>
    public static IServiceCollection AddSqliteStorage(
        this IServiceCollection services, Action<SqliteStorageOptions>? configure = null)
    {
        services.AddOptions<SqliteStorageOptions>().Configure(configure ?? (_ => { }))
            .ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<StateFile>();
        services.TryAddSingleton<IStateStore, SqliteStateStore>();
        services.TryAddSingleton<IJournalStore, SqliteJournalStore>();
        services.TryAddSingleton<ICheckpointStore, SqliteCheckpointStore>();
        services.TryAddSingleton<IParkingLane, SqliteParkingLane>();
        return services;
    }
}
