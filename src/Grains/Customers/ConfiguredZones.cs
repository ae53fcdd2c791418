using Correlation.Customers;
using Correlation.Grains.Problems;

namespace Correlation.Grains.Customers;

/// <summary>The customers' time zones as customers.json says.</summary>
internal sealed class ConfiguredZones(Owners owners) : ICustomerZones
{
    /// <inheritdoc/>
    public TimeZoneInfo ZoneOf(CustomerKey customer) =>
        owners.Find(customer) is { } entry && TimeZoneInfo.TryFindSystemTimeZoneById(entry.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}
