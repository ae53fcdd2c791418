using System.Diagnostics;
using System.Diagnostics.Tracing;
using Correlation.LoadTests.Shared;
using Microsoft.Diagnostics.NETCore.Client;

namespace Correlation.LoadTests.Memory;

/// <summary>Makes a .NET process collect all its garbage: the runtime does so when a trace session asks for it.</summary>
internal static class FullCollection
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";
    private const long HeapCollect = 0x800000;
    private const int BufferMegabytes = 16;
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>Collects; ends when the process counts one collection more of the oldest generation.</summary>
    /// <exception cref="InvalidOperationException">It does not within two minutes.</exception>
    public static async Task RunAsync(SiloProcess silo)
    {
        var before = await CountAsync(silo);
        var provider = new EventPipeProvider(Runtime, EventLevel.Informational, HeapCollect);
        using var session = new DiagnosticsClient(silo.Id)
            .StartEventPipeSession([provider], requestRundown: false, BufferMegabytes);
        var reading = session.EventStream.CopyToAsync(Stream.Null);
        var begun = Stopwatch.GetTimestamp();
        while (await CountAsync(silo) == before)
        {
            if (Stopwatch.GetElapsedTime(begun) > Most)
                throw new InvalidOperationException($"The silo made no full collection within {Most}.");
            await Task.Delay(Poll);
        }

        await session.StopAsync(CancellationToken.None);
        await reading;
    }

    private static async Task<double> CountAsync(SiloProcess silo) =>
        (await silo.MetricsAsync()).Sum("dotnet_gc_collections_total", "gc_heap_generation=\"gen2\"");
}
