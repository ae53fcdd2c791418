namespace Correlation.Estate.Model;

/// <summary>One resource of the estate.</summary>
/// <param name="Id">Its ARM id in the portal's spelling.</param>
/// <param name="Customer">Its customer's key.</param>
/// <param name="Subscription">Its subscription.</param>
/// <param name="Group">Its resource group.</param>
/// <param name="Type">Its ARM type, for example <c>Microsoft.Sql/servers/databases</c>.</param>
/// <param name="Name">Its last name.</param>
/// <param name="Region">Its region, as <c>westeurope</c>.</param>
internal sealed record AzureResource(
    string Id, string Customer, string Subscription, string Group, string Type, string Name, string Region)
{
    /// <summary>As metrics and resource logs write it.</summary>
    public string Upper { get; } = Id.ToUpperInvariant();

    /// <summary>As alerts write it.</summary>
    public string Lower { get; } = Id.ToLowerInvariant();
}
