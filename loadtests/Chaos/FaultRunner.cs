using System.Diagnostics;
using Correlation.LoadTests.Shared;

namespace Correlation.LoadTests.Chaos;

/// <summary>Makes the faults of a plan, mends them again, and starts what ended by itself, as a service manager does.</summary>
internal sealed class FaultRunner(Cluster cluster, ClusterWatch watch, OrphanLog orphans, Action<string> tell)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FreezeMost = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(3);

    private readonly HashSet<int> _busy = [];
    private readonly Lock _gate = new();
    private readonly List<Task> _open = [];

    /// <summary>How many silos were killed.</summary>
    public int Kills { get; private set; }

    /// <summary>How many silos stood still until they were voted out.</summary>
    public int Frozen { get; private set; }

    /// <summary>How many silos ended by themselves: the membership said that they were dead, and they learnt it.</summary>
    public int Ended { get; private set; }

    /// <summary>How many silos were ended as a service manager ends them.</summary>
    public int Drained { get; private set; }

    /// <summary>How many other faults there were.</summary>
    public int Others { get; private set; }

    /// <summary>Makes every fault at its time; ends when all are mended.</summary>
    public async Task RunAsync(IReadOnlyList<Fault> plan, CancellationToken cancel)
    {
        var begun = Stopwatch.GetTimestamp();
        foreach (var fault in plan)
        {
            var wait = fault.At - Stopwatch.GetElapsedTime(begun);
            if (wait > TimeSpan.Zero) await SuperviseAsync(wait, cancel);
            _open.Add(MakeAsync(fault));
        }

        var mended = Task.WhenAll(_open);
        while (!mended.IsCompleted) await SuperviseAsync(Beat, cancel);
        await mended;
    }

    /// <summary>Starts again what ended by itself, for a while.</summary>
    public async Task SuperviseAsync(TimeSpan length, CancellationToken cancel)
    {
        var begun = Stopwatch.GetTimestamp();
        do
        {
            for (var number = 0; number < cluster.Silos.Count; number++)
            {
                var silo = cluster.Silos[number].Process;
                if (silo.IsAlive || !Claim(number)) continue;
                Ended++;
                tell($"{silo.Name} ended by itself; it is started again");
                silo.Start();
                Free(number);
            }

            var left = length - Stopwatch.GetElapsedTime(begun);
            if (left > TimeSpan.Zero) await Task.Delay(left < Beat ? left : Beat, cancel);
        }
        while (Stopwatch.GetElapsedTime(begun) < length);
    }

    private Task MakeAsync(Fault fault) => fault.Kind switch
    {
        FaultKind.KillOne => KillAsync(fault, fault.Silo),
        FaultKind.KillTwo => Task.WhenAll(KillAsync(fault, fault.Silo), KillAsync(fault, fault.Other)),
        FaultKind.FreezeSilo => FreezeSiloAsync(fault.Silo),
        FaultKind.DrainSilo => DrainAsync(fault.Silo, fault.Rest),
        FaultKind.FreezeStorage => FreezeAsync(cluster.Azurite, fault.Rest),
        FaultKind.RestartStorage => RestartAsync(cluster.Azurite, fault.Rest),
        FaultKind.FreezeMembership => FreezeAsync(cluster.Redis, fault.Rest),
        _ => RestartAsync(cluster.Redis, fault.Rest),
    };

    private async Task KillAsync(Fault fault, int first)
    {
        if (ClaimRunning(first) is not { } number) return;
        var (process, _, port) = cluster.Silos[number];
        var address = watch.AddressAt(port);
        tell($"kill -9 {process.Name} ({string.Join(' ', watch.PartitionsOf(address))})");
        await process.KillAsync();
        Kills++;
        if (address is not null) orphans.Lost(address);
        await Task.Delay(fault.Rest);
        process.Start();
        Free(number);
    }

    /// <summary>Stands a silo still until the membership says that it is dead, and lets it go on: it is a stale one
    /// then.</summary>
    private async Task FreezeSiloAsync(int number)
    {
        if (!Claim(number)) return;
        var (process, _, port) = cluster.Silos[number];
        var begun = Stopwatch.GetTimestamp();
        while (watch.AddressAt(port) is null && Stopwatch.GetElapsedTime(begun) < FreezeMost) await Task.Delay(Beat);
        if (watch.AddressAt(port) is not { } address)
        {
            Free(number);
            return;
        }

        tell($"SIGSTOP {process.Name} ({string.Join(' ', watch.PartitionsOf(address))})");
        await process.SignalAsync("STOP");
        Frozen++;
        orphans.Lost(address);
        orphans.Begin();
        begun = Stopwatch.GetTimestamp();
        while (watch.DeadSince(address) is null && Stopwatch.GetElapsedTime(begun) < FreezeMost) await Task.Delay(Beat);
        await Task.Delay(Afterwards);
        tell($"SIGCONT {process.Name} after {Stopwatch.GetElapsedTime(begun).TotalSeconds:F0} s");
        await process.SignalAsync("CONT");
        orphans.End(isRepair: false);
        Free(number);
    }

    private async Task DrainAsync(int number, TimeSpan rest)
    {
        if (!Claim(number)) return;
        var (process, _, port) = cluster.Silos[number];
        var address = watch.AddressAt(port);
        var begun = Stopwatch.GetTimestamp();
        Drained++;
        await process.TerminateAsync();
        if (address is not null) watch.Gone(address);
        tell($"SIGTERM {process.Name}, which took {Stopwatch.GetElapsedTime(begun).TotalSeconds:F1} s");
        orphans.Disturb();
        await Task.Delay(rest);
        process.Start();
        Free(number);
    }

    private async Task FreezeAsync(ManagedProcess process, TimeSpan length)
    {
        tell($"SIGSTOP {process.Name} for {length.TotalSeconds:F0} s");
        Others++;
        orphans.Begin();
        await process.SignalAsync("STOP");
        await Task.Delay(length);
        await process.SignalAsync("CONT");
        orphans.End(isRepair: true);
    }

    private async Task RestartAsync(ManagedProcess process, TimeSpan length)
    {
        tell($"SIGTERM {process.Name}, started again after {length.TotalSeconds:F0} s");
        Others++;
        orphans.Begin();
        await process.TerminateAsync();
        await Task.Delay(length);
        process.Start();
        orphans.End(isRepair: true);
    }

    /// <summary>The first silo from a number on that is a member of the cluster; where none is, the first that nobody else
    /// breaks.</summary>
    private int? ClaimRunning(int first)
    {
        var numbers = Enumerable.Range(0, cluster.Silos.Count).Select(step => (first + step) % cluster.Silos.Count).ToList();
        var ordered = numbers.OrderBy(number => watch.AddressAt(cluster.Silos[number].SiloPort) is null);
        foreach (var number in ordered)
        {
            if (Claim(number)) return number;
        }

        return null;
    }

    private bool Claim(int number)
    {
        lock (_gate) return _busy.Add(number);
    }

    private void Free(int number)
    {
        lock (_gate) _busy.Remove(number);
    }
}
