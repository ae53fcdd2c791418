using Correlation.Storage.Azure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Correlation.Storage;

/// <summary>Adds Azure Tables and Blobs.</summary>
public static class AzureStorageExtensions
{
    /// <summary>Adds a storage account as <see cref="IStateStore"/>, <see cref="IJournalStore"/>, <see cref="ICheckpointStore"/>,
    /// <see cref="IParkingLane"/> and <see cref="IArchive"/>. The host does not start where the account cannot be used.</summary>
    public static IServiceCollection AddAzureStorage(
        this IServiceCollection services, Action<AzureStorageOptions>? configure = null)
    {
        services.AddOptions<AzureStorageOptions>().Configure(configure ?? (_ => { }))
            .ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<AzureAccount>();
        services.TryAddSingleton<IStateStore, AzureTableStateStore>();
        services.TryAddSingleton<IJournalStore, AzureTableJournalStore>();
        services.TryAddSingleton<ICheckpointStore, AzureTableCheckpointStore>();
        services.TryAddSingleton<IParkingLane, AzureTableParkingLane>();
        services.TryAddSingleton<IArchive, BlobArchive>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, AzureStorageStart>());
        return services;
    }

    /// <summary>Asks the account at start: a wrong address, a missing right, another number of buckets is told at once.</summary>
    private sealed class AzureStorageStart(AzureAccount account) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => account.ReadyAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
