using Microsoft.Extensions.Options;

namespace Correlation.Silo.Collections;

/// <summary>Collects generation 0 while it is small, as long as the process has time for that.</summary>
/// <remarks>
/// The runtime collects once its budget is spent (some 200 MiB a processor in server mode), which in a process that allocates
/// little is every few seconds to minutes, and all that lives by then is looked at in one pause of 50 to 115 ms; every customer's
/// signals wait for it. Figures: loadtests/REPORT.md, fairness. A smaller budget (GCGen0MaxBudget) would hold at full load, too,
/// where it costs a fifth of the throughput.
/// </remarks>
internal sealed class EarlyCollections(IOptionsMonitor<EarlyCollectionOptions> options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private readonly long _start = time.GetTimestamp();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var watch = new AllocationWatch(Sample());
        using var looks = new PeriodicTimer(Look, time);
        while (await looks.WaitForNextTickAsync(stoppingToken))
        {
            if (watch.IsDue(Sample(), options.CurrentValue)) GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        }
    }

    private AllocationSample Sample() => new(time.GetElapsedTime(_start), GC.GetTotalAllocatedBytes(), GC.CollectionCount(0));
}
