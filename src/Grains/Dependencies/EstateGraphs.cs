using System.Collections.Immutable;
using Correlation.Configuration;
using Correlation.Customers;

namespace Correlation.Grains.Dependencies;

/// <summary>The versions of the Resource Graph export that this silo has learnt.</summary>
public sealed class EstateGraphs
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile EstateVersions _versions = new([]);

    /// <summary>There is no export, and it is known that there is none.</summary>
    public static EstateGraphs None
    {
        get
        {
            var none = new EstateGraphs();
            none.Learn([]);
            return none;
        }
    }

    /// <summary>Ends once it is known which versions there are: nothing is decided before that.</summary>
    public Task Ready => _ready.Task;

    /// <summary>The versions; another object once there are newer ones.</summary>
    public EstateVersions Versions => _versions;

    /// <summary>The newest version's number; 0 for none.</summary>
    public int Known => _versions.All is [.., var newest] ? newest.Number : 0;

    /// <summary>Takes versions in, and is ready from then on. Called by one at a time.</summary>
    public void Learn(IEnumerable<EstateVersion> versions)
    {
        var newer = versions.ToList();
        if (newer.Count > 0)
        {
            var all = _versions.All.Concat(newer).DistinctBy(version => version.Number).OrderBy(version => version.Number);
            _versions = new EstateVersions(Shared([.. all.TakeLast(ConfigurationLimits.Contents)]));
        }

        _ready.TrySetResult();
    }

    /// <summary>The same with each id once, however many versions name it.</summary>
    private static ImmutableArray<EstateVersion> Shared(ImmutableArray<EstateVersion> versions)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        return
        [
            .. versions.Select(version => version.Graph.Resources.All(id => ids.TryAdd(id, id))
                ? version
                : version with { Graph = version.Graph with { Resources = [.. version.Graph.Resources.Select(Known)] } }),
        ];

        string Known(string id) => ids.TryAdd(id, id) ? id : ids[id];
    }
}

/// <summary>Versions of the export, oldest first.</summary>
/// <param name="All">The versions.</param>
public sealed record EstateVersions(ImmutableArray<EstateVersion> All);
