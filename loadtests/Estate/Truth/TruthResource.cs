namespace Correlation.Estate;

/// <summary>One resource.</summary>
/// <param name="Id">Its ARM id in the portal's spelling.</param>
/// <param name="Customer">Its customer's key.</param>
/// <param name="Type">Its ARM type.</param>
/// <param name="Region">Its region.</param>
public sealed record TruthResource(string Id, string Customer, string Type, string Region);
