using System.Collections.Concurrent;
using Correlation.Storage;

namespace Correlation.Grains.Tests.Parking;

/// <summary>A state store that cannot read the rows of poisoned keys, so that their grains cannot be activated.</summary>
internal sealed class PoisonStore(IStateStore inner) : IStateStore
{
    public ConcurrentDictionary<string, byte> Poisoned { get; } = [];

    /// <summary>Rows that nobody can get at for now, each with how often that was tried.</summary>
    public ConcurrentDictionary<string, int> OutOfReach { get; } = [];

    public ValueTask<StateRow?> ReadAsync(string key, CancellationToken cancel)
    {
        if (Poisoned.ContainsKey(key)) throw new InvalidDataException("This row cannot be read.");
        if (!OutOfReach.ContainsKey(key)) return inner.ReadAsync(key, cancel);
        OutOfReach.AddOrUpdate(key, 1, (_, tries) => tries + 1);
        throw new IOException("The storage does not answer.");
    }

    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<StateWrite> writes, CancellationToken cancel) =>
        inner.WriteAsync(writes, cancel);
}
