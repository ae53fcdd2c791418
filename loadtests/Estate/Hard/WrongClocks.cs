using Correlation.Estate.Model;

namespace Correlation.Estate.Hard;

/// <summary>Sources whose own clock is wrong; what Azure itself measures is not.</summary>
internal static class WrongClocks
{
    /// <summary>By how many seconds a source's clock is wrong.</summary>
    public static Func<AzureResource, double> Of(IReadOnlyList<CustomerEstate> customers, Rng rng)
    {
        Dictionary<string, double> wrong = [];
        foreach (var customer in customers)
        {
            wrong[customer[rng.Pick(["erp/app01", "erp/app03"])].Id] = Math.Round(rng.Between(900, 2400), 0);
            foreach (var site in new[] { 0, 1 })
            {
                var source = rng.Pick(customer.OfType("Microsoft.Web/sites").ToList());
                wrong[source.Id] = Math.Round(site == 0 ? rng.Between(100, 280) : rng.Between(-900, -200), 0);
            }
        }

        return resource => wrong.GetValueOrDefault(resource.Id);
    }
}
