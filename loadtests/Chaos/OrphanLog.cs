using System.Diagnostics;

namespace Correlation.LoadTests.Chaos;

/// <summary>Partitions whose silo went away, and how long it took until a signal of each was applied, durably,
/// elsewhere.</summary>
internal sealed class OrphanLog(ClusterWatch watch)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly List<Orphan> _done = [];
    private readonly List<Task> _open = [];
    private readonly List<long> _repaired = [];
    private long _lastFault;
    private int _lasting;

    /// <summary>Every partition that lost its silo.</summary>
    public IReadOnlyList<Orphan> Orphans
    {
        get
        {
            lock (_gate) return [.. _done];
        }
    }

    /// <summary>A fault begins or ends: what is not resumed is disturbed by it.</summary>
    public void Disturb() => Interlocked.Exchange(ref _lastFault, Stopwatch.GetTimestamp());

    /// <summary>Something stands still or is away from now on: what is lost meanwhile is disturbed by it.</summary>
    public void Begin()
    {
        Interlocked.Increment(ref _lasting);
        Disturb();
    }

    /// <summary>What stood still or was away is there again.</summary>
    /// <param name="isRepair">Whether partitions may have waited for it: not for a silo that is voted out.</param>
    public void End(bool isRepair)
    {
        Interlocked.Decrement(ref _lasting);
        Disturb();
        if (!isRepair) return;
        lock (_gate) _repaired.Add(Stopwatch.GetTimestamp());
    }

    /// <summary>A silo is gone from now on.</summary>
    public void Lost(string address)
    {
        var disturbed = Volatile.Read(ref _lasting) > 0;
        Disturb();
        watch.Gone(address);
        var at = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            foreach (var partition in watch.PartitionsOf(address)) _open.Add(FollowAsync(partition, address, at, disturbed));
        }
    }

    /// <summary>Ends when every orphan is resumed or given up.</summary>
    public async Task SettleAsync()
    {
        List<Task> open;
        lock (_gate) open = [.. _open];
        await Task.WhenAll(open);
    }

    private async Task FollowAsync(int partition, string address, long at, bool disturbed)
    {
        // What was on its way when the silo was lost is stored or not by the second look.
        await Task.Delay(TimeSpan.FromSeconds(1));
        var before = watch.OffsetOf(partition);
        long? dead = null;
        while (Stopwatch.GetElapsedTime(at) < Most && watch.OffsetOf(partition) <= before)
        {
            dead ??= watch.DeadSince(address);
            await Task.Delay(Beat);
        }

        var resumed = Stopwatch.GetElapsedTime(at);
        dead ??= watch.DeadSince(address);
        var last = Interlocked.Read(ref _lastFault);
        lock (_gate)
        {
            _done.Add(new Orphan(partition, dead is { } since ? Stopwatch.GetElapsedTime(at, since) : null, resumed)
            {
                FirstBack = [.. watch.BackSince.Select(moment => Stopwatch.GetElapsedTime(at, moment))],
                OthersDetected = [.. watch.OthersDeadSince(address).Select(moment => Stopwatch.GetElapsedTime(at, moment))],
                Repaired = [.. _repaired.Select(moment => Stopwatch.GetElapsedTime(at, moment))],
                IsDisturbed = disturbed || last > at,
                IsResumed = watch.OffsetOf(partition) > before,
            });
        }
    }
}
