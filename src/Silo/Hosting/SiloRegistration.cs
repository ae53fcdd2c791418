using Correlation.Grains;
using Correlation.Grains.Customers;
using Correlation.Grains.Remediation;

namespace Correlation.Silo.Hosting;

/// <summary>The Orleans silo of this process.</summary>
internal static class SiloRegistration
{
    private const string ClusterName = "correlation";

    /// <summary>Adds a silo for one process on this machine.</summary>
    public static void AddSilo(this WebApplicationBuilder builder, SiloSettings settings) => builder.Host.UseOrleans(silo =>
    {
        silo.UseLocalhostClustering(settings.SiloPort, settings.GatewayPort, serviceId: ClusterName, clusterId: ClusterName);
        silo.AddCorrelationGrains();
        silo.Services.Configure<CustomersFileOptions>(options =>
        {
            if (options.Path.Length == 0) options.Path = settings.CustomersFile;
        });
        silo.Services.Configure<RuleFileOptions>(options =>
        {
            if (options.Path.Length == 0) options.Path = settings.RulesFile;
            options.Port = settings.Port(builder);
        });
    });
}
