using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Decoding;
using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Learning;
using Correlation.Resources;

namespace Correlation.Replay;

/// <summary>By what a replay judges: all that the product itself is configured with.</summary>
/// <param name="Customers">The versions of the customers file; each judges from its log time on.</param>
public sealed record ReplaySetup(CustomerMaps Customers)
{
    /// <summary>The versions of the Resource Graph export, oldest first.</summary>
    public ImmutableArray<EstateVersion> Graphs { get; init; } = [];

    /// <summary>Times and limits of resources.</summary>
    public ResourceOptions Resources { get; init; } = new();

    /// <summary>How incidents live.</summary>
    public CustomerOptions Incidents { get; init; } = new();

    /// <summary>How symptoms are grouped.</summary>
    public GroupingOptions Grouping { get; init; } = new();

    /// <summary>What counts when a cause is looked for.</summary>
    public CauseOptions Causes { get; init; } = new();

    /// <summary>How much of a customer's failures is remembered, to find the causes of later ones by.</summary>
    public FailureSettings Failures { get; init; } = new();

    /// <summary>What one message may cost.</summary>
    public DecodingLimits Decoding { get; init; } = new();

    /// <summary>How much log time passes between two moments at which resources report, time-outs strike and customers decide.
    /// It moves no seal and no cause.</summary>
    /// <value>1 minute. Shorter costs more.</value>
    public TimeSpan Beat { get; init; } = TimeSpan.FromMinutes(1);
}
