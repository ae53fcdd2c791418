using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Learning;

namespace Correlation.Customers;

/// <summary>What the engine of one customer is made with.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Options">How incidents live.</param>
/// <param name="Grouping">How symptoms are grouped where the customer has no settings of its own.</param>
/// <param name="Topology">What depends on what, and what the customers file says of its grouping, as of every time.</param>
public sealed record CustomerSetup(
    CustomerKey Customer, CustomerOptions Options, GroupingOptions Grouping, TopologyHistory Topology)
{
    /// <summary>The settings of grouping as of every time.</summary>
    public GroupingHistory Settings => new(Grouping, Topology);

    /// <summary>What counts when a cause is looked for.</summary>
    public CauseOptions Causes { get; init; } = new();

    /// <summary>A grouping that is tried beside the live one; null for none.</summary>
    public ShadowSetup? Shadow { get; init; }

    /// <summary>The customer's failures that are over, beside those that its state remembers.</summary>
    public FailureHistory Failures { get; init; } = FailureHistory.Empty;
}
