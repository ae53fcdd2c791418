namespace Correlation.Resources;

/// <summary>What a resource has counted since it was first seen.</summary>
[GenerateSerializer, Alias("resource-tally")]
public sealed class ResourceTally
{
    /// <summary>Signals applied, duplicates and late ones apart.</summary>
    [Id(0)] public long Signals { get; internal set; }

    /// <summary>Signals that came again.</summary>
    [Id(1)] public long Duplicates { get; internal set; }

    /// <summary>Signals that came too late.</summary>
    [Id(2)] public long Late { get; internal set; }

    /// <summary>Dedup keys forgotten early because there were too many: a repetition of such a signal counts twice.</summary>
    [Id(3)] public long DedupEvicted { get; internal set; }

    /// <summary>Facts folded or dropped early because there were too many of one condition.</summary>
    [Id(4)] public long FactsDropped { get; internal set; }

    /// <summary>Signals of a condition for which there was no room.</summary>
    [Id(5)] public long ConditionsRefused { get; internal set; }

    /// <summary>Metric values whose metric is not among those kept.</summary>
    [Id(6)] public long MetricsUntracked { get; internal set; }

    /// <summary>Creations, deletions and successes forgotten early because there were too many.</summary>
    [Id(7)] public long ChangesDropped { get; internal set; }

    /// <summary>Whether a limit was hit, so that what the resource says may differ from what another order would have
    /// given.</summary>
    public bool Degraded => DedupEvicted + FactsDropped + ConditionsRefused + ChangesDropped > 0;
}
