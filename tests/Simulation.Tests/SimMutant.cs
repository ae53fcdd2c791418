namespace Correlation.Simulation.Tests;

/// <summary>
/// Mistakes that one could make, each kept as a switch of the simulated shells: the simulator must tell every one of them from
/// the real thing, or it would not find it in the real thing either.
/// </summary>
public enum SimMutant
{
    /// <summary>The real thing.</summary>
    None,

    /// <summary>What a signal leads to is reported before the state that caused it is stored.</summary>
    SendBeforeWrite,

    /// <summary>The checkpoint passes a batch as soon as it is answered.</summary>
    CheckpointBeforeSettle,

    /// <summary>A resource remembers the highest offset it has seen of a partition instead of each position
    /// with its fate.</summary>
    SingleOffset,

    /// <summary>Rows are overwritten whoever wrote them last.</summary>
    NoETag,

    /// <summary>An outbox entry leaves when it is sent, not when it is acknowledged.</summary>
    EntryDroppedBeforeAcknowledgement,

    /// <summary>The ledger is a row of its own, written after the checkpoint.</summary>
    LedgerApart,

    /// <summary>A recreated stream is read from its beginning under the old epoch.</summary>
    EpochIgnored,

    /// <summary>A state that is written early is done with: its flush does not count what it owes.</summary>
    EarlyWriteOwesNothing,

    /// <summary>The runs of a merged incident stay with it.</summary>
    MergeForgetsRuns,

    /// <summary>Remediation is not told of an incident that is over.</summary>
    EndedUntold,
}
