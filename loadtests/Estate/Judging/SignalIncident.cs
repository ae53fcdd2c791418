namespace Correlation.Estate;

/// <summary>An incident in the form of <c>predict signals</c>: by the ids of its signals.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Customer">Its customer's key.</param>
/// <param name="Members">The alertIds, eventDataIds and the like of its signals.</param>
public sealed record SignalIncident(string Id, string Customer, IReadOnlyList<string> Members)
{
    /// <summary>Its likely causes, the likeliest first: resource ids.</summary>
    public IReadOnlyList<string> Cause { get; init; } = [];

    /// <summary>The changes that may have caused it, the likeliest first: eventDataIds.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];
}
