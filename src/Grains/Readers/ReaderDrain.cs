using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Correlation.Grains.Readers;

/// <summary>The readers of this silo. When the silo ends in order they end first, while everything that they call still
/// answers.</summary>
internal sealed class ReaderDrain(IOptions<ReaderOptions> options, TimeProvider time) : ILifecycleParticipant<ISiloLifecycle>
{
    private readonly ConcurrentDictionary<ReaderGrain, byte> _readers = [];
    private volatile bool _isOver;

    /// <summary>Whether no reader begins here any more.</summary>
    public bool IsOver => _isOver;

    /// <summary>A reader has been activated here.</summary>
    public void Add(ReaderGrain reader) => _readers.TryAdd(reader, 0);

    /// <summary>A reader is gone.</summary>
    public void Remove(ReaderGrain reader) => _readers.TryRemove(reader, out _);

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(ReaderDrain), ServiceLifecycleStage.Active, _ => Task.CompletedTask, StopAsync);

    private async Task StopAsync(CancellationToken cancel)
    {
        _isOver = true;
        var ended = Task.WhenAll(_readers.Keys.Select(reader => reader.DrainAsync()));
        await Task.WhenAny(ended, Task.Delay(options.Value.DrainMax, time, cancel));
    }
}
