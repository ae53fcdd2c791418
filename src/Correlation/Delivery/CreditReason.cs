namespace Correlation.Delivery;

/// <summary>Why a customer's signals are parked although nothing is wrong with them.</summary>
public enum CreditReason
{
    /// <summary>They are not: it is within its credit.</summary>
    None,

    /// <summary>Batches are late, and it sends a multiple of what the others do.</summary>
    Share,

    /// <summary>Its grain has not acknowledged what its resources reported before.</summary>
    Unacknowledged,
}
