using Correlation.Contracts;
using Correlation.Customers;

namespace Correlation.Grains.Customers;

/// <summary>What the gateway reads of a grouping in shadow.</summary>
internal static class ShadowProjection
{
    /// <summary>The view: of the shadow that is tried now, else of the last one.</summary>
    public static ShadowView Of(CustomerState state, CustomerKey customer, CustomerEngine engine)
    {
        var tried = engine.Shadow;
        var record = tried is null || state.Shadow?.IsOf(tried.Settings) == true ? state.Shadow : null;
        return new ShadowView
        {
            Customer = customer.Value,
            Active = tried is not null,
            Settings = tried?.Settings ?? record?.Settings ?? [],
            Since = record?.Since,
            Totals = record?.Totals ?? new ShadowTotals(),
            Waiting = record?.Waiting.Count ?? 0,
            Now = engine.InShadow(state),
            Sealed = record?.Verdicts ?? [],
        };
    }
}
