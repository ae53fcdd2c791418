namespace Correlation.Simulation.Tests;

/// <summary>Rows with etags that outlive every process; a write may succeed and its answer be lost.</summary>
internal sealed class SimStorage(SimScheduler scheduler, SimFaults faults)
{
    private readonly Dictionary<string, (long ETag, byte[] Data)> _rows = [];

    public IReadOnlyDictionary<string, (long ETag, byte[] Data)> Rows => _rows;

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
        if (faults.HidesOutcome()) throw new UnknownOutcomeException("the write was answered into the void");
        await scheduler.Hop(process);
        return outcomes;
    }

    private long? Write((string Key, long Expected, byte[] Data) write)
    {
        var stored = _rows.TryGetValue(write.Key, out var row) ? row.ETag : 0;
        if (stored != write.Expected) return null;
        _rows[write.Key] = (stored + 1, write.Data);
        return stored + 1;
    }
}
