using Correlation.Gateway;
using Correlation.Silo.Collections;
using Correlation.Silo.Demo;

namespace Correlation.Silo.Hosting;

/// <summary>What a process is made of.</summary>
internal static class ProductRegistration
{
    /// <summary>Adds all of it, by the settings: a silo with the gateway in it, or the gateway as a client of the
    /// cluster.</summary>
    /// <exception cref="StartException">The settings do not fit together; it says what is wrong.</exception>
    public static void AddProduct(this WebApplicationBuilder builder, SiloSettings settings)
    {
        builder.AddKeys(settings);
        builder.AddStreams(settings);
        if (settings.Role == ProcessRole.Gateway)
        {
            builder.AddClusterClient();
        }
        else
        {
            builder.AddStorage(settings);
            builder.AddSilo(settings);
            builder.AddEarlyCollections();
        }

        builder.AddTelemetry();
        builder.Services.AddGateway();
        if (settings.Demo) builder.AddDemo(settings);
    }

    private static void AddEarlyCollections(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<EarlyCollectionOptions>().BindConfiguration("Correlation:Collections")
            .ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddHostedService<EarlyCollections>();
    }
}
