namespace Correlation.Storage;

/// <summary>Journals: events appended under an expected version, with a snapshot now and then.</summary>
public interface IJournalStore
{
    /// <summary>Reads a journal: its newest snapshot and the events after it. An unknown journal is at version 0.</summary>
    Task<JournalContent> ReadAsync(string journal, CancellationToken cancel);

    /// <summary>Appends events.</summary>
    /// <param name="journal">The journal's key: the customer's key first, then a slash and its kind.</param>
    /// <param name="expectedVersion">The version that the events follow.</param>
    /// <param name="events">The events, each with an id of its own; one with an id that the journal holds already is an error
    /// of the caller and makes the append fail as a conflict.</param>
    /// <param name="cancel">Gives up waiting; the outcome is then unknown.</param>
    /// <returns>False for a conflict: the journal is at another version; nothing was appended.</returns>
    Task<bool> AppendAsync(string journal, long expectedVersion, IReadOnlyList<JournalEvent> events, CancellationToken cancel);

    /// <summary>Stores a snapshot as of a version and forgets the events up to it, both or neither. One that is older than the
    /// snapshot that is there changes nothing.</summary>
    /// <exception cref="InvalidOperationException">The journal has not come to that version.</exception>
    Task SnapshotAsync(string journal, long version, ReadOnlyMemory<byte> snapshot, CancellationToken cancel);

    /// <summary>The keys of all journals that begin with a prefix, in order.</summary>
    Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancel);
}

/// <summary>An event to append, or as stored.</summary>
public sealed record JournalEvent(string Id, byte[] Data);

/// <summary>What a journal holds.</summary>
/// <param name="Version">The version: how many events were ever appended.</param>
/// <param name="SnapshotVersion">The version of the snapshot; 0 where there is none.</param>
/// <param name="Snapshot">The snapshot's bytes; null where there is none.</param>
/// <param name="Events">The events after the snapshot, in order.</param>
public sealed record JournalContent(long Version, long SnapshotVersion, byte[]? Snapshot, IReadOnlyList<JournalEvent> Events);
