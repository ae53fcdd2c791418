using Correlation.Incidents;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Fleet;

/// <summary>Which customers a platform event or region hits: an annotation, no part of grouping.</summary>
/// <remarks>
/// Only conditions of the platform itself (service health, resource health) count, so that customers who happen to have
/// incidents of their own at the same time do not add up. No customer's name leaves it: only how many others there are.
/// </remarks>
[GenerateSerializer, Alias("fleet-state")]
public sealed class FleetState
{
    /// <summary>How long after it was last seen a customer counts as hit.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>From how many customers on something is the fleet's, where Service Health does not say so itself.</summary>
    public const int CustomersMin = 5;

    /// <summary>How many scopes are kept; the one that was quiet for longest is forgotten first.</summary>
    public const int ScopesMax = 500;

    private static readonly TimeSpan RepeatAfter = TimeSpan.FromMinutes(10);

    /// <summary>What is hit, by its scope: a tracking id or a region.</summary>
    [Id(0)] public Dictionary<string, FleetScope> Scopes { get; set; } = [];

    /// <summary>How many events were ever applied: the newest one's number.</summary>
    [Id(1)] public long Events { get; set; }

    /// <summary>Folds an event into the state.</summary>
    public void Apply(FleetHit hit)
    {
        Events = hit.Number;
        if (!Scopes.TryGetValue(hit.Scope, out var scope))
        {
            scope = new FleetScope { Id = DedupKey.Of($"{hit.Scope}|{hit.At:O}").ToString() };
            Scopes[hit.Scope] = scope;
        }

        scope.Customers[hit.Customer] = hit.At;
        scope.ServiceHealth |= hit.ServiceHealth;
        if (hit.At > scope.Last) scope.Last = hit.At;
        var quiet = scope.Customers.Where(entry => scope.Last - entry.Value > Window).Select(entry => entry.Key).ToList();
        foreach (var customer in quiet) scope.Customers.Remove(customer);
        if (Scopes.Count > ScopesMax) Scopes.Remove(Scopes.MinBy(entry => entry.Value.Last).Key);
    }

    /// <summary>What an incident says of the fleet; none where it says nothing new.</summary>
    public IReadOnlyList<FleetHit> Record(IncidentNotice notice)
    {
        if (notice.Ended is not null || notice.MergedInto is not null) return [];
        var customer = notice.Customer.Value;
        var scopes = notice.Symptoms.Where(symptom => symptom.IsOpen).SelectMany(ScopesOf).GroupBy(scope => scope.Scope)
            .Select(group => (Scope: group.Key, ServiceHealth: group.Any(scope => scope.ServiceHealth)))
            .Where(scope => IsNews(scope, customer, notice.Now))
            .OrderBy(scope => scope.Scope, StringComparer.Ordinal);
        return [.. scopes.Select((scope, i) => new FleetHit(Events + i + 1, notice.Now, scope.Scope, customer,
            scope.ServiceHealth))];
    }

    /// <summary>How many customers besides one are hit in a region; 0 while too few are to say so.</summary>
    public int OthersHit(string customer, string region, DateTimeOffset now)
    {
        if (!Scopes.TryGetValue(RegionScope(region), out var scope)) return 0;
        var hit = scope.Customers.Where(entry => now - entry.Value <= Window).Select(entry => entry.Key).ToList();
        var certain = scope.ServiceHealth || hit.Count >= CustomersMin;
        return certain ? hit.Count(other => other != customer) : 0;
    }

    private bool IsNews((string Scope, bool ServiceHealth) scope, string customer, DateTimeOffset now) =>
        !Scopes.TryGetValue(scope.Scope, out var known)
        || !known.Customers.TryGetValue(customer, out var last)
        || now - last > RepeatAfter
        || (scope.ServiceHealth && !known.ServiceHealth);

    private static IEnumerable<(string Scope, bool ServiceHealth)> ScopesOf(Symptom symptom)
    {
        var isService = symptom.Condition.Kind == ConditionKind.ServiceHealth;
        if (!isService && symptom.Condition.Kind != ConditionKind.ResourceHealth) yield break;
        if (isService) yield return (symptom.Condition.Key, true);
        if (symptom.Region is { } region) yield return (RegionScope(region), isService);
    }

    private static string RegionScope(string region) => $"region:{region.ToLowerInvariant()}";
}

/// <summary>One platform event or region.</summary>
[GenerateSerializer, Alias("fleet-scope")]
public sealed class FleetScope
{
    /// <summary>What it is called outside: says nothing about customers.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The customers hit, each with the log time it was last seen.</summary>
    [Id(1)] public Dictionary<string, DateTimeOffset> Customers { get; set; } = [];

    /// <summary>Whether Service Health itself says so.</summary>
    [Id(2)] public bool ServiceHealth { get; set; }

    /// <summary>The newest log time it was seen.</summary>
    [Id(3)] public DateTimeOffset Last { get; set; }
}

/// <summary>A customer is hit by something of the platform, as journaled.</summary>
/// <param name="Number">Its number in the fleet's journal: its own id.</param>
/// <param name="At">The log time.</param>
/// <param name="Scope">What hits it.</param>
/// <param name="Customer">The customer's key.</param>
/// <param name="ServiceHealth">Whether Service Health itself says so.</param>
[GenerateSerializer, Immutable, Alias("fleet-hit")]
public sealed record FleetHit(
    [property: Id(0)] long Number,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string Scope,
    [property: Id(3)] string Customer,
    [property: Id(4)] bool ServiceHealth);
