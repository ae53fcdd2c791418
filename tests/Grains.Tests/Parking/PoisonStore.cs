using System.Collections.Concurrent;
using Correlation.Storage;

namespace Correlation.Grains.Tests.Parking;

/// <summary>A state store that cannot read the rows of poisoned keys, so that their grains cannot be activated.</summary>
internal sealed class PoisonStore(IStateStore inner) : IStateStore
{
    public ConcurrentDictionary<string, byte> Poisoned { get; } = [];

    public ValueTask<StateRow?> ReadAsync(string key, CancellationToken cancel) =>
        Poisoned.ContainsKey(key) ? throw new InvalidDataException("This row cannot be read.") : inner.ReadAsync(key, cancel);

    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<StateWrite> writes, CancellationToken cancel) =>
        inner.WriteAsync(writes, cancel);
}
