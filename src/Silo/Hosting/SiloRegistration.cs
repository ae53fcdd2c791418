using Correlation.Grains;
using Correlation.Grains.Customers;
using Correlation.Grains.Remediation;

namespace Correlation.Silo.Hosting;

/// <summary>The Orleans silo of this process.</summary>
internal static class SiloRegistration
{
    private const string ClusterName = "correlation";
    private const int DefaultSiloPort = 11111;
    private const int DefaultGatewayPort = 30000;

    /// <summary>Adds a silo for one process on this machine; its ports are <c>Correlation:SiloPort</c> and <c>Correlation:GatewayPort</c>.</summary>
    public static void AddSilo(this WebApplicationBuilder builder, SiloSettings settings) => builder.Host.UseOrleans(silo =>
    {
        var siloPort = builder.Configuration.GetValue("Correlation:SiloPort", DefaultSiloPort);
        var gatewayPort = builder.Configuration.GetValue("Correlation:GatewayPort", DefaultGatewayPort);
        silo.UseLocalhostClustering(siloPort, gatewayPort, serviceId: ClusterName, clusterId: ClusterName);
        silo.AddCorrelationGrains();
        silo.Services.Configure<CustomersFileOptions>(options => options.Path = settings.CustomersFile);
        silo.Services.Configure<RuleFileOptions>(options =>
        {
            options.Path = settings.RulesFile;
            options.Port = settings.Port(builder);
        });
    });
}
