using System.Collections.Immutable;

namespace Correlation.Grouping;

/// <summary>A topology with the version of the customers file that it is of.</summary>
/// <param name="Number">The version's number; 0 before there was any.</param>
/// <param name="InForce">The time from which it counts: what begins from there on is judged by it.</param>
/// <param name="Topology">What depends on what.</param>
/// <param name="Graph">The version of the Resource Graph export that it is of; 0 where there was none.</param>
/// <param name="Learned">How much of what was learned counts, by the customers file: 0 for nothing to 1 for all.</param>
public sealed record TopologyVersion(
    int Number, DateTimeOffset InForce, Topology Topology, int Graph = 0, double Learned = 1)
{
    /// <summary>The customer's own settings of grouping, by the customers file; null where it has none.</summary>
    public GroupingOptions? Grouping { get; init; }
}

/// <summary>A customer's topology as of every time. Immutable, so that grouping stays a function of the set of symptoms and of
/// this, whenever a version was learnt.</summary>
public sealed class TopologyHistory
{
    private readonly ImmutableArray<TopologyVersion> _versions;
    private readonly DiscoveredIndex? _discovered;

    /// <summary>Orders versions by the time they took force, then by number; none at all is an empty topology.</summary>
    public TopologyHistory(IEnumerable<TopologyVersion> versions)
    {
        _versions = [.. versions.OrderBy(version => version.InForce).ThenBy(version => version.Number)];
        if (_versions.IsEmpty) _versions = [new TopologyVersion(0, DateTimeOffset.MinValue, Topology.Empty)];
        IsOwn = _versions.Any(version => version.Grouping is not null);
    }

    private TopologyHistory(TopologyHistory given, DiscoveredIndex discovered) =>
        (_versions, _discovered, IsOwn) = (given._versions, discovered, given.IsOwn);

    /// <summary>Whether any version has settings of grouping of its own.</summary>
    internal bool IsOwn { get; }

    /// <summary>The settings of grouping of each version; null where it has none of its own.</summary>
    internal IEnumerable<GroupingOptions?> Own => _versions.Select(version => version.Grouping);

    /// <summary>The same with what is discovered, each edge from the time on at which it was learnt.</summary>
    internal TopologyHistory With(DiscoveredIndex discovered) => new(this, discovered);

    /// <summary>The version in force at a time; before the oldest that is known, that one.</summary>
    public TopologyVersion At(DateTimeOffset time)
    {
        var version = InForce(time);
        return _discovered is null or { IsEmpty: true }
            ? version
            : version with { Topology = version.Topology.AsOf(_discovered, time) };
    }

    /// <summary>How much of what was learned counts between two things that began at these times.</summary>
    internal double LearnedBetween(DateTimeOffset one, DateTimeOffset other) => InForce(one > other ? one : other).Learned;

    /// <summary>The customer's own settings of grouping in force at a time; null for none.</summary>
    internal GroupingOptions? OwnAt(DateTimeOffset time) => InForce(time).Grouping;

    private TopologyVersion InForce(DateTimeOffset time)
    {
        for (var i = _versions.Length - 1; i > 0; i--)
        {
            if (_versions[i].InForce <= time) return _versions[i];
        }

        return _versions[0];
    }

    /// <summary>What is between two things that began at these times is judged by what was in force when the later one
    /// began.</summary>
    internal Topology Between(DateTimeOffset one, DateTimeOffset other) => At(one > other ? one : other).Topology;
}
