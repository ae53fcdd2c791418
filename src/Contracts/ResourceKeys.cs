using Correlation.Customers;
using Correlation.Signals;

namespace Correlation.Contracts;

/// <summary>The keys of resource grains and of their stored rows.</summary>
public static class ResourceKeys
{
    /// <summary>The key of a resource: its canonical id, or for a bare name <c>~customer/name</c>.</summary>
    /// <remarks>An ARM id's key does not hold the customer, so that the resource stays one when its subscription changes
    /// hands.</remarks>
    public static string Of(ResourceId resource, CustomerKey owner) =>
        resource.IsArm ? resource.Canonical : $"~{owner}/{resource.Canonical}";

    /// <summary>The resource of a key that <see cref="Of"/> made, and for a bare name its owner; null for an ARM id.</summary>
    public static (ResourceId Resource, CustomerKey? Owner) Parse(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return key.StartsWith('~')
            ? (ResourceId.Parse(key[(slash + 1)..]), CustomerKey.Parse(key[1..slash]))
            : (ResourceId.Parse(key), null);
    }
}
