using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Learning;

namespace Correlation.Customers;

/// <summary>What the engine of one customer is made with.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Options">How incidents live.</param>
/// <param name="Grouping">How symptoms are grouped.</param>
/// <param name="Topology">What depends on what, as of every time.</param>
public sealed record CustomerSetup(
    CustomerKey Customer, CustomerOptions Options, GroupingOptions Grouping, TopologyHistory Topology)
{
    /// <summary>What counts when a cause is looked for.</summary>
    public CauseOptions Causes { get; init; } = new();

    /// <summary>The customer's failures that are over, beside those that its state remembers.</summary>
    public FailureHistory Failures { get; init; } = FailureHistory.Empty;
}
