using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Correlation.Storage;

/// <summary>Adds the embedded archive.</summary>
public static class FolderArchiveExtensions
{
    /// <summary>Adds a folder as <see cref="IArchive"/>.</summary>
    public static IServiceCollection AddFolderArchive(
        this IServiceCollection services, Action<FolderArchiveOptions>? configure = null)
    {
        services.AddOptions<FolderArchiveOptions>().Configure(configure ?? (_ => { }))
            .ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<IArchive, FolderArchive>();
        return services;
    }
}
