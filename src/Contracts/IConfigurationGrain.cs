using System.Collections.Immutable;
using Correlation.Configuration;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace Correlation.Contracts;

/// <summary>The versions of customers.json and of the remediation rules, for all silos. Key: 0.</summary>
[Alias("IConfigurationGrain"), Version(1)]
public interface IConfigurationGrain : IGrainWithIntegerKey
{
    /// <summary>A silo says what its file holds; what is new becomes the next version. Durable when it answers; the same again
    /// changes nothing.</summary>
    [Alias("Offer")] Task<OfferAnswer> Offer(ConfigurationOffer offer);

    /// <summary>The versions of a kind above a number, with their contents, oldest first; those whose content is kept no longer
    /// are left out.</summary>
    [AlwaysInterleave, Alias("Above")] Task<ImmutableArray<ConfigurationVersion>> Above(FileKind kind, int number);

    /// <summary>All versions that are listed, by kind, newest first.</summary>
    [AlwaysInterleave, Alias("Versions")] Task<ImmutableArray<ConfigurationView>> Versions();
}
