namespace Correlation.LoadTests.Chaos;

/// <summary>Adds up a count that each process keeps for itself and begins anew when it is started. What a process counted since
/// it was last read, and took with it when it was killed, is not in the sum.</summary>
internal sealed class ProcessCounts
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Name, int Process), long> _counts = [];

    /// <summary>The sum over all processes that there were.</summary>
    public long Sum
    {
        get
        {
            lock (_gate) return _counts.Values.Sum();
        }
    }

    /// <summary>A process was read.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="process">Its number, by which a fresh start is told.</param>
    /// <param name="count">What it has counted.</param>
    public void Read(string name, int process, long count)
    {
        lock (_gate) _counts[(name, process)] = Math.Max(count, _counts.GetValueOrDefault((name, process)));
    }
}
