using System.Collections.Immutable;
using Correlation.Contracts;
using Correlation.Storage;

namespace Correlation.Grains.Parking;

/// <summary>Shows all lanes and their books, as they are stored.</summary>
internal sealed class ParkingGrain(IParkingLane lanes) : Grain, IParkingGrain
{
    private const int LanesMax = 10_000;

    /// <inheritdoc/>
    public async Task<ImmutableArray<ParkedLaneView>> Lanes() =>
        [.. (await lanes.LanesAsync(CancellationToken.None)).Take(LanesMax).Select(View)];

    /// <inheritdoc/>
    public async Task<ImmutableArray<CustomerParking>> Ledger() =>
        [.. (await lanes.LedgersAsync(CancellationToken.None)).Select(book => new CustomerParking(book.Key, book.Value))];

    private static ParkedLaneView View(ParkedLane lane)
    {
        var (resource, owner) = ResourceKeys.Parse(lane.Lane);
        var customer = lane.Customer.Length > 0 ? lane.Customer : owner?.Value ?? "";
        return new ParkedLaneView(
            resource, customer, lane.Waiting, lane.Oldest, lane.Newest, lane.Reason, lane.Tries, lane.NextTry);
    }
}
