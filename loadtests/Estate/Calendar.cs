using Correlation.Estate.Model;

namespace Correlation.Estate;

/// <summary>
/// Who is disturbed when. Background symptoms are placed where nothing related is disturbed within hours, so that a symptom
/// of the background never belongs with another one by any reading.
/// </summary>
internal sealed class Calendar
{
    /// <summary>How long before and after a disturbance nothing related may be disturbed.</summary>
    private const double RelatedGap = 2.5 * 3600;

    /// <summary>How long before and after a disturbance the background disturbs nothing else of the customer.</summary>
    private const double AnyGap = 15 * 60;

    private readonly Dictionary<AzureResource, int> parts = [];
    private readonly List<(AzureResource? Resource, string Subscription, double Start, double End)> claims = [];

    public Calendar(IReadOnlyList<CustomerEstate> customers)
    {
        foreach (var customer in customers)
        {
            foreach (var resource in customer.Resources) { parts.TryAdd(resource, parts.Count); }

            Join(customer);
        }
    }

    /// <summary>Takes a resource's time.</summary>
    public void Claim(AzureResource resource, double start, double end) =>
        claims.Add((resource, resource.Subscription, start, end));

    /// <summary>Takes a whole subscription's time.</summary>
    public void Claim(string subscription, double start, double end) => claims.Add((null, subscription, start, end));

    /// <summary>Whether nothing speaks against disturbing the resource in that time.</summary>
    public bool IsFree(AzureResource resource, double start, double end)
    {
        foreach (var claim in claims)
        {
            var related = claim.Resource is null
                ? claim.Subscription == resource.Subscription
                : Related(claim.Resource, resource);
            var sameCustomer = claim.Resource?.Customer == resource.Customer;
            var gap = related ? RelatedGap : sameCustomer ? AnyGap : -1;
            var always = claim.End - claim.Start > 12 * 3600;
            if (gap >= 0 && (related || !always) && start < claim.End + gap && end > claim.Start - gap) { return false; }
        }

        return true;
    }

    /// <summary>Whether a whole subscription is undisturbed in that time.</summary>
    public bool IsFree(string subscription, double start, double end) => claims.TrueForAll(c =>
        c.Subscription != subscription || start >= c.End + RelatedGap || end <= c.Start - RelatedGap);

    private bool Related(AzureResource a, AzureResource b) =>
        a.Customer == b.Customer && (a.Group == b.Group || parts[a] == parts[b]);

    private void Join(CustomerEstate customer)
    {
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var (from, to) in customer.Edges)
            {
                var low = Math.Min(parts[from], parts[to]);
                changed |= parts[from] != low || parts[to] != low;
                parts[from] = parts[to] = low;
            }
        }
    }
}
