using System.Collections.Immutable;
using Correlation.Grouping;
using Correlation.Signals;

namespace Correlation.Detection;

/// <summary>A resource as the cause of an outbreak.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Score">What is left of its surprise.</param>
/// <param name="Surprise">How far it was off.</param>
/// <param name="Explained">What its worst dependency explains of that.</param>
public sealed record AnomalyCause(ResourceId Resource, double Score, double Surprise, double Explained);

/// <summary>Ranks resources that are off as the cause of an outbreak: the further off the likelier, less a share of how far the
/// worst of what it depends on is off, which explains that share away.</summary>
public static class AnomalyCauses
{
    /// <summary>The resources, the likeliest first.</summary>
    /// <param name="surprises">How far each is off.</param>
    /// <param name="topology">What depends on what.</param>
    /// <param name="options">Says how much a dependency explains.</param>
    public static ImmutableArray<AnomalyCause> Rank(
        IReadOnlyDictionary<ResourceId, double> surprises, Topology topology, DetectorSettings options)
    {
        var byId = surprises.ToDictionary(pair => pair.Key.Canonical, pair => pair.Value);
        return
        [
            .. surprises.Select(pair => Judge(pair.Key, pair.Value))
                .OrderByDescending(cause => cause.Score).ThenBy(cause => cause.Resource),
        ];

        AnomalyCause Judge(ResourceId resource, double surprise)
        {
            var worst = topology.Upstream(resource.Canonical).Select(id => byId.GetValueOrDefault(id)).DefaultIfEmpty().Max();
            var explained = options.Explained * worst;
            return new AnomalyCause(resource, surprise - explained, surprise, explained);
        }
    }
}
