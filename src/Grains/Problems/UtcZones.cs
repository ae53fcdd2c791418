using Correlation.Customers;

namespace Correlation.Grains.Problems;

/// <summary>UTC for everybody: where no configuration says otherwise.</summary>
internal sealed class UtcZones : ICustomerZones
{
    /// <inheritdoc/>
    public TimeZoneInfo ZoneOf(CustomerKey customer) => TimeZoneInfo.Utc;
}
