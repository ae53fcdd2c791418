using Correlation.Decoding;
using Correlation.Grains.Customers;
using Correlation.Grains.Delivery;
using Correlation.Grains.Journals;
using Correlation.Grains.Problems;
using Correlation.Grains.Readers;
using Correlation.Grains.Remediation;
using Correlation.Resources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Correlation.Grains;

/// <summary>Makes a silo run all grains of the product.</summary>
public static class GrainRegistration
{
    /// <summary>Adds the grains' services; streams, storage and the customers file are added apart.</summary>
    public static ISiloBuilder AddCorrelationGrains(this ISiloBuilder silo)
    {
        silo.AddJournaledGrains();
        silo.AddGrainService<FlushService>();
        silo.AddCustomerStage();
        silo.AddProblems();
        silo.AddRemediation();
        silo.Services.AddDelivery();
        silo.Services.AddReaders();
        silo.Services.AddCustomers();
        return silo;
    }

    private static void AddDelivery(this IServiceCollection services)
    {
        services.AddValidated<FlushOptions>("Correlation:Flush");
        services.AddValidated<ResourceOptions>("Correlation:Resources");
        services.AddSingleton<DeliveryInstruments>();
        services.AddSingleton<StateFlusher>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<StateFlusher>());
        services.AddSingleton<CustomerReporter>();
        services.AddSingleton<FlushClient>();
    }

    private static void AddCustomers(this IServiceCollection services)
    {
        services.AddValidated<CustomersFileOptions>("Correlation:Customers");
        services.AddSingleton(
            provider => new Owners(CustomersFile.Read(provider.GetRequiredService<IOptions<CustomersFileOptions>>().Value)));
        services.AddHostedService<CustomersFile>();
    }

    private static void AddReaders(this IServiceCollection services)
    {
        services.AddValidated<ReaderOptions>("Correlation:Reader");
        services.AddValidated<DecodingLimits>("Correlation:Decoding");
        services.AddSingleton<ReaderInstruments>();
        services.AddSingleton<ReaderServices>();
        services.AddHostedService<ReaderPinger>();
    }

    /// <summary>Binds options to a configuration section and validates them before the host starts.</summary>
    private static void AddValidated<T>(this IServiceCollection services, string section)
        where T : class => services.AddOptions<T>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
}
