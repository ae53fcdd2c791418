using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Replay;
using Correlation.Signals;

namespace Correlation.Quality;

/// <summary>Translates plain data into signals of one customer whose resources are bare names.</summary>
/// <param name="customer">The customer's key.</param>
internal sealed class PlainSignals(string customer)
{
    private const string Stream = "quality";
    private readonly Dictionary<string, ResourceId> _resources = [];
    private long _offset;

    /// <summary>The default configuration of every command, for this customer with what depends on what.</summary>
    public ReplaySetup Setup(IEnumerable<(string From, string To)> edges)
    {
        var entry = new CustomerEntry
        {
            Key = customer,
            Tenants = [customer],
            Topology = [.. edges.Where(edge => !edge.From.Equals(edge.To, StringComparison.OrdinalIgnoreCase))
                .Distinct().Select(edge => new DependencyEdge(edge.From, edge.To))],
        };
        return new ReplaySetup(new CustomerMaps(new CustomerMap(new CustomerFile(1, [entry])))).Judging();
    }

    /// <summary>A signal whose log time is its event time, in a message of its own.</summary>
    public Signal Make(DateTimeOffset at, string resource, PlainCondition condition, SignalRole role) =>
        Make(at, at, resource, condition, role);

    /// <summary>A signal in a message of its own, the next of the stream.</summary>
    public Signal Make(DateTimeOffset logTime, DateTimeOffset at, string resource, PlainCondition condition, SignalRole role)
    {
        var offset = _offset++;
        if (!_resources.TryGetValue(resource, out var id)) _resources[resource] = id = ResourceId.Parse(resource);
        return new Signal
        {
            Message = new Message(Stream, 1, 0, offset, logTime),
            Resource = id,
            Kind = condition.Kind switch
            {
                ConditionKind.LogError => SignalKind.Log,
                ConditionKind.Security => SignalKind.Security,
                _ => SignalKind.Alert,
            },
            Role = role,
            Severity = condition.Severity,
            EventTime = at,
            Dedup = DedupKey.Of($"{Stream} {offset}"),
            Condition = new Condition(condition.Kind, condition.Key),
            Detail = new SignalDetail
            {
                Title = condition.Key.Length > 256 ? condition.Key[..256] : condition.Key,
                Tenant = customer,
                Instance = condition.Instance,
                Linked = condition.Linked,
                CauseKeys = condition.CauseKeys,
            },
        };
    }
}

/// <summary>What a plain datum complains about.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Name">Its name in the data.</param>
/// <param name="Severity">How bad it says it is.</param>
internal sealed record PlainCondition(ConditionKind Kind, string Name, Severity Severity = Severity.Warning)
{
    private const int MaxKey = 512;

    /// <summary>The condition's key: the name in lower case, within its bound.</summary>
    public string Key { get; } = Name.Length > MaxKey ? Name[..MaxKey].ToLowerInvariant() : Name.ToLowerInvariant();

    /// <summary>Pairs an opening with its closing; null where one at a time is open.</summary>
    public string? Instance { get; init; }

    /// <summary>Other resources that the datum names.</summary>
    public ImmutableArray<ResourceId> Linked { get; init; } = [];

    /// <summary>What it shares with others of one cause.</summary>
    public ImmutableArray<string> CauseKeys { get; init; } = [];
}
