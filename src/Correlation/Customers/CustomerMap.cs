using System.Collections.Concurrent;
using System.Collections.Frozen;
using Correlation.Signals;

namespace Correlation.Customers;

/// <summary>Says whose a resource is, by one version of customers.json. Always the same; safe for concurrent use.</summary>
public sealed class CustomerMap
{
    /// <summary>How many keys of provisional customers are kept, so that all their resources have one and the same.</summary>
    private const int MostProvisional = 10_000;

    private readonly ConcurrentDictionary<string, CustomerKey> _provisional = new();
    private readonly FrozenDictionary<string, CustomerKey> _prefixes;
    private readonly FrozenDictionary<string, CustomerKey> _subscriptions;
    private readonly FrozenDictionary<string, CustomerKey> _tenants;
    private readonly FrozenDictionary<CustomerKey, CustomerEntry> _entries;
    private readonly FrozenDictionary<string, CustomerKey>.AlternateLookup<ReadOnlySpan<char>> _prefix;

    /// <summary>Makes the map of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="version">The number that the configuration gave it; the file's own is for people.</param>
    /// <param name="inForce">The log time from which it counts.</param>
    /// <exception cref="CustomerFileException">The file contradicts itself.</exception>
    public CustomerMap(CustomerFile file, int version = 1, DateTimeOffset inForce = default)
    {
        var errors = CustomerFileCheck.Errors(file);
        if (errors.Count > 0) throw new CustomerFileException(errors);
        (Version, InForce) = (version, inForce);
        _entries = file.Customers.ToFrozenDictionary(entry => CustomerKey.Parse(entry.Key));
        _prefixes = Owners(file, entry => entry.Prefixes.Select(prefix => ResourceId.Parse(prefix).Canonical));
        _subscriptions = Owners(file, entry => entry.Subscriptions);
        _tenants = Owners(file, entry => entry.Tenants);
        _prefix = _prefixes.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Nobody is configured: every customer is provisional.</summary>
    public static CustomerMap Empty { get; } = new(new CustomerFile(0, []), version: 0);

    /// <summary>Whose signals are that say neither subscription nor tenant.</summary>
    public static CustomerKey Unassigned { get; } = CustomerKey.Parse("unassigned");

    /// <summary>The number of the version; 0 where there is no file.</summary>
    public int Version { get; }

    /// <summary>The log time from which it counts.</summary>
    public DateTimeOffset InForce { get; }

    /// <summary>The configured customers, by key.</summary>
    public IEnumerable<CustomerKey> Customers => _entries.Keys.Order();

    /// <summary>A customer's configuration; null for a provisional one.</summary>
    public CustomerEntry? Find(CustomerKey customer) => _entries.GetValueOrDefault(customer);

    /// <summary>Whose a resource is: by the longest prefix (of whole segments), else its subscription, else its or the signal's
    /// tenant; else a provisional customer of its subscription or tenant; else <see cref="Unassigned"/>.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="tenant">The Entra tenant that the signal names, as written; null for none.</param>
    public CustomerKey OwnerOf(ResourceId resource, string? tenant)
    {
        if (_prefixes.Count > 0 && ByPrefix(resource.Canonical) is { } owner) return owner;
        var subscription = resource.Subscription;
        if (subscription is not null && _subscriptions.TryGetValue(subscription, out var bySubscription)) return bySubscription;
        var named = resource.Tenant ?? (string.IsNullOrWhiteSpace(tenant) ? null : tenant.Trim().ToLowerInvariant());
        if (named is not null && _tenants.TryGetValue(named, out var byTenant)) return byTenant;
        if (subscription is not null) return ProvisionalOf(subscription);
        return named is not null ? CustomerKey.Provisional("tenant", named) : Unassigned;
    }

    private CustomerKey ProvisionalOf(string subscription)
    {
        if (_provisional.TryGetValue(subscription, out var known)) return known;
        var key = CustomerKey.Provisional("sub", subscription);
        if (_provisional.Count < MostProvisional) _provisional[subscription] = key;
        return key;
    }

    private CustomerKey? ByPrefix(string canonical)
    {
        var rest = canonical.AsSpan();
        while (rest.Length > 0)
        {
            if (_prefix.TryGetValue(rest, out var owner)) return owner;
            var slash = rest.LastIndexOf('/');
            if (slash <= 0) return null;
            rest = rest[..slash];
        }

        return null;
    }

    private static FrozenDictionary<string, CustomerKey> Owners(
        CustomerFile file, Func<CustomerEntry, IEnumerable<string>> ids) =>
        file.Customers
            .SelectMany(entry => ids(entry).Select(id => (Id: id.ToLowerInvariant(), Key: CustomerKey.Parse(entry.Key))))
            .ToFrozenDictionary(pair => pair.Id, pair => pair.Key);
}
