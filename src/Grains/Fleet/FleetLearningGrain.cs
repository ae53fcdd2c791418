using System.Collections.Immutable;
using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Fleet;
using Correlation.Learning;

namespace Correlation.Grains.Fleet;

/// <summary>The one place where customers' counts meet. In memory: what it forgets is brought again.</summary>
[KeepAlive]
internal sealed class FleetLearningGrain : Grain, IFleetLearningGrain
{
    private readonly FleetPool _pool = new();

    /// <inheritdoc/>
    public Task<ImmutableArray<PriorPair>> Exchange(CustomerKey customer, ImmutableArray<SharedPair> counts)
    {
        _pool.Put(customer.Value, counts);
        return Task.FromResult(_pool.PriorFor(customer.Value));
    }
}
