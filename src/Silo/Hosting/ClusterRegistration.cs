using System.Net;
using Correlation.Grains;
using Correlation.Grains.Customers;
using Correlation.Grains.Dependencies;
using Correlation.Grains.Remediation;
using Orleans.Configuration;

namespace Correlation.Silo.Hosting;

/// <summary>This process's place in the cluster: a silo, or a client of one that serves the gateway alone.</summary>
/// <remarks>
/// Which silos there are is kept by the Orleans provider that <c>Orleans:Clustering:ProviderType</c> names, as Orleans reads it
/// itself (<c>Redis</c> with <c>Orleans:Clustering:ConnectionString</c>); without one the process is alone on its machine.
/// </remarks>
internal static class ClusterRegistration
{
    private const string Name = "correlation";
    private const string ClusterIdKey = "Orleans:ClusterId";
    private const string ServiceIdKey = "Orleans:ServiceId";
    private const string AddressKey = "Orleans:Endpoints:AdvertisedIPAddress";
    private const string MembershipSection = "Orleans:Membership";
    private static readonly TimeSpan ConnectRest = TimeSpan.FromSeconds(1);

    /// <summary>How often a silo says in the membership that it is alive. A silo that wants to join passes over one that has not
    /// for three times as long: with Orleans' 30 seconds the others that died beside one that stands still stay out for 90
    /// seconds, and those that are left are too few to vote it out.</summary>
    private static readonly TimeSpan AliveEvery = TimeSpan.FromSeconds(10);

    /// <summary>Adds the silo of this process.</summary>
    /// <exception cref="StartException">The provider is none that this program has.</exception>
    public static void AddSilo(this WebApplicationBuilder builder, SiloSettings settings)
    {
        var address = AddressOf(builder.Configuration);
        Named(() => builder.Host.UseOrleans(silo =>
        {
            if (settings.IsClustered) silo.ConfigureEndpoints(address, settings.SiloPort, settings.GatewayPort);
            else silo.UseLocalhostClustering(settings.SiloPort, settings.GatewayPort, serviceId: Name, clusterId: Name);
            silo.Services.NameCluster(builder.Configuration);
            silo.Services.Configure<ClusterMembershipOptions>(options => options.IAmAliveTablePublishTimeout = AliveEvery);
            silo.Services.Configure<ClusterMembershipOptions>(builder.Configuration.GetSection(MembershipSection));
            silo.AddCorrelationGrains();
            silo.Services.AddFiles(builder, settings);
        }));
    }

    /// <summary>Adds a client of the cluster; it goes on trying until a silo lets it in.</summary>
    /// <exception cref="StartException">The provider is none that this program has.</exception>
    public static void AddClusterClient(this WebApplicationBuilder builder) => Named(() => builder.Host.UseOrleansClient(client =>
    {
        client.Services.NameCluster(builder.Configuration);
        client.UseConnectionRetryFilter(async (_, cancel) =>
        {
            await Task.Delay(ConnectRest, TimeProvider.System, cancel);
            return true;
        });
    }));

    private static IPAddress AddressOf(IConfiguration configuration)
    {
        if (configuration[AddressKey] is not { Length: > 0 } text) return IPAddress.Loopback;
        return IPAddress.TryParse(text, out var address)
            ? address
            : throw new StartException($"{AddressKey} is '{text}': give the IP address at which the other silos reach this one");
    }

    private static void NameCluster(this IServiceCollection services, IConfiguration configuration) =>
        services.PostConfigure<ClusterOptions>(options =>
        {
            options.ClusterId = configuration[ClusterIdKey] ?? Name;
            options.ServiceId = configuration[ServiceIdKey] ?? Name;
        });

    private static void AddFiles(this IServiceCollection services, WebApplicationBuilder builder, SiloSettings settings)
    {
        services.Configure<CustomersFileOptions>(options =>
        {
            if (options.Path.Length == 0) options.Path = settings.CustomersFile;
        });
        services.Configure<ResourceGraphFileOptions>(options =>
        {
            if (options.Path.Length == 0) options.Path = settings.ResourceGraphFile;
        });
        services.Configure<RuleFileOptions>(options =>
        {
            if (options.Path.Length == 0) options.Path = settings.RulesFile;
            options.Port = settings.Port(builder);
        });
    }

    /// <summary>Orleans finds its providers by name while the host is made.</summary>
    private static void Named(Action register)
    {
        try
        {
            register();
        }
        catch (InvalidOperationException error) when (error.Message.Contains("provider named", StringComparison.Ordinal))
        {
            throw new StartException($"{SiloSettings.ProviderKey} is none that this program has: it must be Redis. " +
                error.Message);
        }
    }
}
