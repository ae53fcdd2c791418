using Microsoft.Extensions.DependencyInjection;

namespace Correlation.Grains.Journals;

/// <summary>Makes journaled grains work on a silo.</summary>
public static class JournalRegistration
{
    /// <summary>The name of the log-consistency provider that journaled grains name.</summary>
    public const string ProviderName = "Journal";

    /// <summary>Adds what journaled grains need, but for the <see cref="Storage.IJournalStore"/> itself.</summary>
    public static ISiloBuilder AddJournaledGrains(this ISiloBuilder silo)
    {
        silo.AddCustomStorageBasedLogConsistencyProvider(ProviderName);
        silo.Services.AddSingleton<StoredForm>();
        return silo;
    }
}
