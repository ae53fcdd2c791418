using Correlation.Grains;

namespace Correlation.Silo.Hosting;

/// <summary>The Orleans silo of this process.</summary>
internal static class SiloRegistration
{
    private const string ClusterName = "correlation";

    /// <summary>Adds a silo for one process on this machine.</summary>
    public static void AddSilo(this WebApplicationBuilder builder) => builder.Host.UseOrleans(silo =>
    {
        silo.UseLocalhostClustering(serviceId: ClusterName, clusterId: ClusterName);
        silo.AddCorrelationGrains();
    });
}
