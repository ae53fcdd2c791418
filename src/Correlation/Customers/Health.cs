namespace Correlation.Customers;

/// <summary>How a customer, or one resource of it, is now.</summary>
public enum Health : byte
{
    /// <summary>Not known: no input for longer than usual, or input was lost. No data is not healthy.</summary>
    Unknown = 0,

    /// <summary>Nothing is open that counts.</summary>
    Healthy = 1,

    /// <summary>Something of severity Warning or above is open.</summary>
    Degraded = 2,

    /// <summary>Something of severity Error or above is open.</summary>
    Unhealthy = 3,
}
