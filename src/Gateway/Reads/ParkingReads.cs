using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Gateway.Access;
using Correlation.Signals;

namespace Correlation.Gateway.Reads;

/// <summary>Resources with parked signals, of one customer or of all that the caller may see, and what is done about
/// them.</summary>
internal sealed class ParkingReads(IGrainFactory grains, FanOut fanOut)
{
    /// <summary>The lanes, by resource.</summary>
    public async Task<IReadOnlyList<ParkedLaneView>> ListAsync(Caller caller, string? customer)
    {
        var all = await grains.GetGrain<IParkingGrain>(0).Lanes();
        var wanted = all.Where(lane => string.IsNullOrEmpty(customer) || lane.Customer == customer);
        return [.. wanted.Where(lane => caller.Sees(lane.Customer))];
    }

    /// <summary>The lane of a resource; null where it holds nothing or the caller may not see it.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="customer">Whose it is; only a bare name needs it.</param>
    public async Task<ParkedLaneView?> FindAsync(Caller caller, ResourceId resource, string? customer)
    {
        var lanes = await ListAsync(caller, customer);
        var found = lanes.Where(lane => lane.Resource.Equals(resource)).ToList();
        return found.Count == 1 ? found[0] : null;
    }

    /// <summary>Has lanes tried at once.</summary>
    public Task RedriveAsync(IReadOnlyList<ParkedLaneView> lanes, string actor, CancellationToken cancel) =>
        fanOut.AskAsync(
            lanes,
            async lane =>
            {
                await GrainOf(lane).Redrive(actor);
                return true;
            },
            cancel);

    /// <summary>Takes a lane's first signals out of it for good.</summary>
    /// <returns>How many were taken out.</returns>
    public Task<long> DiscardAsync(ParkedLaneView lane, int most, string actor) => GrainOf(lane).Discard(most, actor);

    private ILaneGrain GrainOf(ParkedLaneView lane)
    {
        // Only the key of a bare name holds the customer, and its lane always knows it.
        var key = lane.Resource.IsArm
            ? lane.Resource.Canonical
            : ResourceKeys.Of(lane.Resource, CustomerKey.Parse(lane.Customer));
        return grains.GetGrain<ILaneGrain>(key);
    }
}
