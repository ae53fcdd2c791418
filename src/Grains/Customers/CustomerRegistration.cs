using Correlation.Customers;
using Correlation.Grains.Dependencies;
using Correlation.Grains.Problems;
using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Learning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Correlation.Grains.Customers;

/// <summary>Adds the customer stage to a silo.</summary>
public static class CustomerRegistration
{
    /// <summary>Where <see cref="CustomerOptions"/> are configured.</summary>
    public const string CustomerSection = "Correlation:Incidents";

    /// <summary>Where <see cref="GroupingOptions"/> are configured.</summary>
    public const string GroupingSection = "Correlation:Grouping";

    /// <summary>Where <see cref="CauseOptions"/> are configured.</summary>
    public const string CausesSection = "Correlation:Causes";

    /// <summary>Where <see cref="FailureSettings"/> are configured.</summary>
    public const string FailuresSection = "Correlation:Failures";

    /// <summary>Adds what customer grains need but for <see cref="Owners"/>; where nobody brings versions of
    /// the Resource Graph export, there are none. Call it before the problem stage,
    /// so that problems know the customers' time zones.</summary>
    public static ISiloBuilder AddCustomerStage(this ISiloBuilder silo)
    {
        silo.Services.AddOptions<CustomerOptions>().BindConfiguration(CustomerSection).ValidateDataAnnotations()
            .ValidateOnStart();
        silo.Services.AddOptions<GroupingOptions>().BindConfiguration(GroupingSection).ValidateDataAnnotations()
            .ValidateOnStart();
        silo.Services.AddOptions<CauseOptions>().BindConfiguration(CausesSection).ValidateDataAnnotations().ValidateOnStart();
        silo.Services.AddOptions<FailureSettings>().BindConfiguration(FailuresSection).ValidateDataAnnotations()
            .ValidateOnStart();
        silo.Services.TryAddSingleton<CustomerInstruments>();
        silo.Services.TryAddSingleton(EstateGraphs.None);
        silo.Services.TryAddSingleton<ICustomerZones>(services => services.GetRequiredService<Owners>());
        return silo;
    }
}
