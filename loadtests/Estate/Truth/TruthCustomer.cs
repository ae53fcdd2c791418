namespace Correlation.Estate;

/// <summary>One customer.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Tenant">Its Entra tenant.</param>
/// <param name="Subscriptions">Its subscriptions.</param>
/// <param name="TimeZone">Its IANA time zone.</param>
public sealed record TruthCustomer(string Key, string Name, string Tenant, IReadOnlyList<string> Subscriptions, string TimeZone);
