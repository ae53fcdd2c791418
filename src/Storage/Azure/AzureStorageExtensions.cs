using Azure;
using Azure.Identity;
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

    /// <summary>Asks the account whether it can be used, and makes what is missing; nothing where there is none.</summary>
    /// <exception cref="IOException">It cannot be reached, or does not let this process in; says why in one line.</exception>
    /// <exception cref="InvalidDataException">It holds what this process, as it is set, must not touch.</exception>
    public static async Task CheckAzureStorageAsync(this IServiceProvider services, CancellationToken cancel)
    {
        if (services.GetService<AzureAccount>() is not { } account) return;
        try
        {
            await account.ReadyAsync(cancel);
        }
        catch (Exception error) when (error is RequestFailedException or AuthenticationFailedException or AggregateException)
        {
            throw new IOException($"The storage account cannot be used: {Why(error)}", error);
        }
    }

    /// <summary>The first line of what the SDK says; the others are the answer's headers.</summary>
    private static string Why(Exception error)
    {
        var first = error is AggregateException { InnerExceptions: [.., var last] } ? last : error;
        return first.Message.Split('\r', '\n')[0];
    }

    /// <summary>Asks the account at start: a wrong address, a missing right, another number of buckets is told at once.</summary>
    private sealed class AzureStorageStart(AzureAccount account) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => account.ReadyAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
