using Correlation.Streams.Local;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Correlation.Streams;

/// <summary>Adds the embedded stream.</summary>
public static class LocalStreamExtensions
{
    /// <summary>Adds the local log as <see cref="IStreamCatalog"/>,
    /// <see cref="ISignalIntake"/> and <see cref="IRecordedIntake"/>.</summary>
    public static IServiceCollection AddLocalStream(
        this IServiceCollection services, Action<LocalStreamOptions>? configure = null)
    {
        services.AddOptions<LocalStreamOptions>().Configure(configure ?? (_ => { })).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LocalLog>();
        services.TryAddSingleton<IStreamCatalog>(provider => provider.GetRequiredService<LocalLog>());
        services.TryAddSingleton<ISignalIntake>(provider => provider.GetRequiredService<LocalLog>());
        services.TryAddSingleton<IRecordedIntake>(provider => provider.GetRequiredService<LocalLog>());
        return services;
    }
}
