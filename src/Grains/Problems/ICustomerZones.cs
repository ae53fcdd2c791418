using Correlation.Customers;

namespace Correlation.Grains.Problems;

/// <summary>The customers' time zones.</summary>
public interface ICustomerZones
{
    /// <summary>The zone of a customer; UTC where none is configured.</summary>
    TimeZoneInfo ZoneOf(CustomerKey customer);
}
