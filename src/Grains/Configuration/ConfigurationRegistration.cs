using Correlation.Grains.Customers;
using Correlation.Grains.Dependencies;
using Correlation.Grains.Remediation;
using Microsoft.Extensions.DependencyInjection;

namespace Correlation.Grains.Configuration;

/// <summary>Adds the configuration stage to a silo.</summary>
public static class ConfigurationRegistration
{
    /// <summary>Where <see cref="ConfigurationOptions"/> are configured.</summary>
    public const string Section = "Correlation:Configuration";

    /// <summary>Where <see cref="CustomersFileOptions"/> are configured.</summary>
    public const string CustomersSection = "Correlation:Customers";

    /// <summary>Where <see cref="ResourceGraphFileOptions"/> are configured.</summary>
    public const string TopologySection = "Correlation:Topology";

    /// <summary>Adds what brings the versions of customers.json, of the Resource Graph export and of the remediation rules to
    /// this silo. The host does not start with a file that has mistakes: all of them are in one message.</summary>
    public static ISiloBuilder AddConfiguration(this ISiloBuilder silo)
    {
        silo.Services.AddOptions<ConfigurationOptions>().BindConfiguration(Section).ValidateDataAnnotations().ValidateOnStart();
        silo.Services.AddOptions<CustomersFileOptions>().BindConfiguration(CustomersSection);
        silo.Services.AddOptions<ResourceGraphFileOptions>().BindConfiguration(TopologySection);
        silo.Services.AddSingleton<Owners>();
        silo.Services.AddSingleton(_ => new EstateGraphs());
        silo.Services.AddSingleton<IConfigurationFile, CustomersFile>();
        silo.Services.AddSingleton<IConfigurationFile, ResourceGraphFile>();
        silo.Services.AddSingleton<IConfigurationFile>(services => services.GetRequiredService<RuleFileSource>());
        silo.Services.AddHostedService<ConfigurationFollower>();
        return silo;
    }
}
