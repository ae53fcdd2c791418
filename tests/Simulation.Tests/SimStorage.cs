namespace Correlation.Simulation.Tests;

/// <summary>Rows with etags and journals with versions that outlive every process; a write may succeed and its
/// answer be lost.</summary>
internal sealed class SimStorage(SimScheduler scheduler, SimFaults faults, SimMutant mutant)
{
    private readonly Dictionary<string, (long ETag, byte[] Data)> _rows = [];
    private readonly Dictionary<string, List<byte[]>> _journals = [];

    public IReadOnlyDictionary<string, (long ETag, byte[] Data)> Rows => _rows;

    public IReadOnlyList<byte[]> Journal(string journal) => _journals.GetValueOrDefault(journal) ?? [];

    public async Task<(long ETag, byte[] Data)?> ReadAsync(SimProcess process, string key)
    {
        await scheduler.Hop(process);
        var row = _rows.TryGetValue(key, out var found) ? found : ((long, byte[])?)null;
        await scheduler.Hop(process);
        return row;
    }

    /// <summary>Writes rows at one moment; a conflict is pinned to its row (null), the others are written without it.</summary>
    public async Task<List<long?>> WriteAsync(SimProcess process, IReadOnlyList<(string Key, long Expected, byte[] Data)> writes)
    {
        await scheduler.Hop(process);
        var outcomes = writes.Select(Write).ToList();
        if (faults.Happens(SimFault.UnknownWrite)) throw new UnknownOutcomeException("the write was answered into the void");
        await scheduler.Hop(process);
        return outcomes;
    }

    public async Task<List<byte[]>> ReadJournalAsync(SimProcess process, string journal)
    {
        await scheduler.Hop(process);
        List<byte[]> events = [.. Journal(journal)];
        await scheduler.Hop(process);
        return events;
    }

    /// <summary>Appends events under an expected version, all or none; false for a conflict.</summary>
    public async Task<bool> AppendAsync(SimProcess process, string journal, long expected, IReadOnlyList<byte[]> events)
    {
        await scheduler.Hop(process);
        if (!_journals.TryGetValue(journal, out var known)) _journals[journal] = known = [];
        var appended = known.Count == expected;
        if (appended) known.AddRange(events);
        if (faults.Happens(SimFault.UnknownWrite)) throw new UnknownOutcomeException("the append was answered into the void");
        await scheduler.Hop(process);
        return appended;
    }

    private long? Write((string Key, long Expected, byte[] Data) write)
    {
        var stored = _rows.TryGetValue(write.Key, out var row) ? row.ETag : 0;
        if (stored != write.Expected && mutant != SimMutant.NoETag) return null;
        _rows[write.Key] = (stored + 1, write.Data);
        return stored + 1;
    }
}
