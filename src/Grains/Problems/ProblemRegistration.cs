using Correlation.Grains.Customers;
using Correlation.Problems;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Correlation.Grains.Problems;

/// <summary>Adds the problem stage to a silo.</summary>
public static class ProblemRegistration
{
    /// <summary>Where the options are configured.</summary>
    public const string Section = "Correlation:Problems";

    /// <summary>Adds what problem grains need; register an <see cref="ICustomerZones"/> first to know time zones.</summary>
    public static ISiloBuilder AddProblems(this ISiloBuilder silo)
    {
        silo.Services.AddOptions<ProblemOptions>().BindConfiguration(Section).ValidateDataAnnotations().ValidateOnStart();
        silo.Services.TryAddSingleton<ICustomerZones>(services => services.GetRequiredService<Owners>());
        return silo;
    }
}
