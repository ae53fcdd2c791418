using Correlation.Delivery;
using Correlation.Signals;

namespace Correlation.Contracts;

/// <summary>A resource with parked signals.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Customer">Whose books its signals are counted in; empty where an older program parked them.</param>
/// <param name="Waiting">How many signals wait.</param>
/// <param name="Oldest">The log time of the first of them.</param>
/// <param name="Newest">The log time of the last of them.</param>
/// <param name="Reason">Why the last try failed; before the first, why the oldest was parked.</param>
/// <param name="Tries">How many tries failed since a signal last left.</param>
/// <param name="NextTry">When it is tried again; null for now.</param>
[GenerateSerializer, Immutable, Alias("parked-lane-view")]
public sealed record ParkedLaneView(
    [property: Id(0)] ResourceId Resource,
    [property: Id(1)] string Customer,
    [property: Id(2)] long Waiting,
    [property: Id(3)] DateTimeOffset Oldest,
    [property: Id(4)] DateTimeOffset Newest,
    [property: Id(5)] string Reason,
    [property: Id(6)] int Tries,
    [property: Id(7)] DateTimeOffset? NextTry);

/// <summary>One customer's books of parking.</summary>
/// <param name="Customer">The customer; empty for what an older program parked.</param>
/// <param name="Counts">The counts.</param>
[GenerateSerializer, Immutable, Alias("customer-parking")]
public sealed record CustomerParking([property: Id(0)] string Customer, [property: Id(1)] ParkingLedger Counts);
