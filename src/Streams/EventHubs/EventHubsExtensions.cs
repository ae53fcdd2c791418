using System.Diagnostics.Metrics;
using Azure.Core;
using Azure.Identity;
using Correlation.Streams.EventHubs;
using Correlation.Streams.Local;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Correlation.Streams;

/// <summary>Adds Event Hubs.</summary>
public static class EventHubsExtensions
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(10);

    /// <summary>Adds event hubs as the live stream: <see cref="IStreamCatalog"/> and <see cref="ISignalIntake"/>. Recordings go
    /// to the local log where <paramref name="recordings"/> says where it is; without it they are refused.</summary>
    public static IServiceCollection AddEventHubs(
        this IServiceCollection services, Action<EventHubsOptions> configure, Action<LocalStreamOptions>? recordings = null)
    {
        services.AddOptions<EventHubsOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TokenCredential>(_ => new DefaultAzureCredential());
        services.TryAddSingleton(provider => new EventHubsInstruments(
            provider.GetService<IMeterFactory>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<EventHubsServices>();
        services.TryAddSingleton(provider => new EventHubsClients(
            provider.GetRequiredService<IOptions<EventHubsOptions>>().Value, provider.GetRequiredService<EventHubsServices>(),
            provider.GetRequiredService<TokenCredential>()));
        services.TryAddSingleton(provider => new EventHubsCatalog(
            provider.GetRequiredService<EventHubsClients>(), provider.GetRequiredService<EventHubsServices>(),
            provider.GetService<LocalLog>()));
        services.TryAddSingleton<IStreamCatalog>(provider => provider.GetRequiredService<EventHubsCatalog>());
        services.TryAddSingleton<EventHubsIntake>();
        services.TryAddSingleton<ISignalIntake>(provider => provider.GetRequiredService<EventHubsIntake>());
        return recordings is null ? services.AddSingleton<IRecordedIntake, NoRecordings>() : services.AddLocalStream(recordings);
    }

    /// <summary>Asks Event Hubs whether what is set can be used; nothing where it is not the stream. A service that does not
    /// answer is no reason to refuse: the process starts and goes on asking.</summary>
    /// <exception cref="IOException">The sign-in, a hub's name or a right is wrong; says which, in one line.</exception>
    public static Task CheckEventHubsAsync(this IServiceProvider services, CancellationToken cancel) =>
        services.GetService<EventHubsCatalog>()?.CheckAsync(StartPatience, cancel) ?? Task.CompletedTask;
}
