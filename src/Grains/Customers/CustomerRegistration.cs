using Correlation.Customers;
using Correlation.Grains.Problems;
using Correlation.Grouping;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Correlation.Grains.Customers;

/// <summary>Adds the customer stage to a silo.</summary>
public static class CustomerRegistration
{
    /// <summary>Where <see cref="CustomerOptions"/> are configured.</summary>
    public const string CustomerSection = "Customers";

    /// <summary>Where <see cref="GroupingOptions"/> are configured.</summary>
    public const string GroupingSection = "Grouping";

    /// <summary>Adds what customer grains need; register a <see cref="CustomerMap"/> first to configure customers. Call it before
    /// the problem stage, so that problems know the customers' time zones.</summary>
    public static ISiloBuilder AddCustomers(this ISiloBuilder silo)
    {
        var services = silo.Services;
        services.AddOptions<CustomerOptions>().BindConfiguration(CustomerSection).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<GroupingOptions>().BindConfiguration(GroupingSection).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(CustomerMap.Empty);
        services.TryAddSingleton<Owners>();
        services.TryAddSingleton<ICustomerZones, ConfiguredZones>();
        services.TryAddSingleton(TimeProvider.System);
        return silo;
    }
}
