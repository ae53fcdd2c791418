using System.Collections.Immutable;
using Correlation.Grouping;
using Correlation.Signals;

namespace Correlation.Customers;

/// <summary>What is wrong with a customer file.</summary>
internal static class CustomerFileCheck
{
    private const int EdgesMax = 100_000;

    /// <summary>Every error, in the order of the file; none where it is valid.</summary>
    public static List<string> Errors(CustomerFile file)
    {
        var errors = new List<string>();
        var keys = new HashSet<string>();
        var owners = new Dictionary<string, string>();
        for (var i = 0; i < file.Customers.Length; i++)
        {
            var entry = file.Customers[i];
            var where = string.IsNullOrEmpty(entry.Key) ? $"customers[{i}]" : $"customers[{i}] ({entry.Key})";
            if (!CustomerKey.TryParse(entry.Key, out _)) errors.Add($"{where}: the key is not 1 to 40 of a-z, 0-9 and '-'");
            else if (!keys.Add(entry.Key)) errors.Add($"{where}: the key is there twice");
            Owned(entry, where, owners, errors);
            Time(entry, where, errors);
            Edges(entry, where, errors);
            Settings(entry.Grouping, $"{where}: grouping", errors);
            Settings(entry.ShadowGrouping, $"{where}: shadowGrouping", errors);
            if (entry.Learned is not (null or (>= 0 and <= 1))) errors.Add($"{where}: learned is not from 0 to 1");
        }

        return errors;
    }

    private static void Owned(CustomerEntry entry, string where, Dictionary<string, string> owners, List<string> errors)
    {
        foreach (var tenant in entry.Tenants) Claim("tenant", tenant, IsName(tenant));
        foreach (var subscription in entry.Subscriptions) Claim("subscription", subscription, IsName(subscription));
        foreach (var prefix in entry.Prefixes)
            Claim("prefix", ResourceId.TryParse(prefix)?.Canonical, ResourceId.TryParse(prefix) is not null);

        void Claim(string kind, string? id, bool valid)
        {
            if (!valid || id is null)
            {
                errors.Add($"{where}: '{id}' is no {kind}");
                return;
            }

            var key = $"{kind} {id.ToLowerInvariant()}";
            if (!owners.TryAdd(key, where)) errors.Add($"{where}: {key} belongs to {owners[key]} already");
        }
    }

    private static bool IsName(string? text) => !string.IsNullOrWhiteSpace(text) && text.Length <= 64 && !text.Contains('/');

    private static void Time(CustomerEntry entry, string where, List<string> errors)
    {
        if (string.IsNullOrWhiteSpace(entry.TimeZone) || !TimeZoneInfo.TryFindSystemTimeZoneById(entry.TimeZone, out _))
        {
            errors.Add($"{where}: '{entry.TimeZone}' is no IANA time zone");
        }

        if (entry.BusinessHours.Days.IsDefaultOrEmpty) errors.Add($"{where}: the business hours name no day");
    }

    private static void Settings(ImmutableArray<GroupingSetting> settings, string where, List<string> errors)
    {
        if (GroupingSetting.Mistake(settings) is { } mistake) errors.Add($"{where}.{mistake}");
    }

    private static void Edges(CustomerEntry entry, string where, List<string> errors)
    {
        if (entry.Topology.Length > EdgesMax) errors.Add($"{where}: more than {EdgesMax} edges in the topology");
        for (var i = 0; i < entry.Topology.Length; i++)
        {
            var edge = entry.Topology[i] ?? new DependencyEdge("", "");
            var (from, to) = (ResourceId.TryParse(edge.From), ResourceId.TryParse(edge.To));
            if (from is null || to is null)
                errors.Add($"{where}: topology[{i}] names no resource in '{(from is null ? "from" : "to")}'");
            else if (from.Equals(to)) errors.Add($"{where}: topology[{i}] depends on itself");
        }
    }
}
