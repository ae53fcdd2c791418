using Correlation.Decoding;
using Correlation.Grains.Archive;
using Correlation.Grains.Configuration;
using Correlation.Delivery;
using Correlation.Grains.Customers;
using Correlation.Grains.Delivery;
using Correlation.Grains.Journals;
using Correlation.Grains.Parking;
using Correlation.Grains.Problems;
using Correlation.Grains.Readers;
using Correlation.Grains.Remediation;
using Correlation.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace Correlation.Grains;

/// <summary>Makes a silo run all grains of the product.</summary>
public static class GrainRegistration
{
    /// <summary>Adds the grains' services; streams and storage are added apart.</summary>
    public static ISiloBuilder AddCorrelationGrains(this ISiloBuilder silo)
    {
        silo.AddJournaledGrains();
        silo.AddGrainService<FlushService>();
        silo.AddCustomerStage();
        silo.AddProblems();
        silo.AddRemediation();
        silo.AddConfiguration();
        silo.Services.AddDelivery();
        silo.Services.AddReaders();
        silo.Services.AddArchive();
        silo.Services.AddParking();
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

    private static void AddReaders(this IServiceCollection services)
    {
        services.AddValidated<ReaderOptions>("Correlation:Reader");
        services.AddValidated<DecodingLimits>("Correlation:Decoding");
        services.AddSingleton<ReaderInstruments>();
        services.AddSingleton<ReaderDrain>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<ReaderDrain>());
        services.AddSingleton<ResourceIds>();
        services.AddSingleton<ReaderServices>();
        services.AddHostedService<ReaderPinger>();
    }

    private static void AddArchive(this IServiceCollection services)
    {
        services.AddValidated<ArchiveOptions>("Correlation:Archive");
        services.AddSingleton<ArchiveWriter>();
        services.AddHostedService<ArchiveRetention>();
    }

    private static void AddParking(this IServiceCollection services)
    {
        services.AddValidated<ParkingOptions>("Correlation:Parking");
        services.AddSingleton<ParkingInstruments>();
        services.AddSingleton<ParkingDoor>();
        services.AddValidated<CreditOptions>("Correlation:Credit");
        services.AddSingleton<CreditDesk>();
        services.AddSingleton<LaneServices>();
        services.AddHostedService<ParkingPinger>();
    }

    /// <summary>Binds options to a configuration section and validates them before the host starts.</summary>
    private static void AddValidated<T>(this IServiceCollection services, string section)
        where T : class => services.AddOptions<T>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
}
