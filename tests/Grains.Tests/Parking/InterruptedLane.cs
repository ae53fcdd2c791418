using Correlation.Delivery;
using Correlation.Storage;

namespace Correlation.Grains.Tests.Parking;

/// <summary>Lanes out of which signals cannot be taken for a while: as if the process ended between applying and
/// deleting.</summary>
internal sealed class InterruptedLane(IParkingLane inner) : IParkingLane
{
    private int _interrupted;

    public bool Interrupts { get; set; }

    /// <summary>How often signals were applied and stayed in their lane.</summary>
    public int Interrupted => Volatile.Read(ref _interrupted);

    public Task<IReadOnlyList<LaneExit>> RemoveAsync(string lane, IReadOnlyList<LaneExit> exits, CancellationToken cancel)
    {
        if (!Interrupts) return inner.RemoveAsync(lane, exits, cancel);
        Interlocked.Increment(ref _interrupted);
        throw new IOException("The storage is gone.");
    }

    public Task<IReadOnlyList<bool>> ParkAsync(ParkingCall call, CancellationToken cancel) => inner.ParkAsync(call, cancel);

    public Task<bool> HoldsAnyAsync(string lane, IReadOnlyList<string> positions, CancellationToken cancel) =>
        inner.HoldsAnyAsync(lane, positions, cancel);

    public Task<IReadOnlyList<ParkedSignal>> PeekAsync(string lane, int most, CancellationToken cancel) =>
        inner.PeekAsync(lane, most, cancel);

    public Task NoteAsync(string lane, LaneNote note, CancellationToken cancel) => inner.NoteAsync(lane, note, cancel);

    public Task<ParkedLane?> FindAsync(string lane, CancellationToken cancel) => inner.FindAsync(lane, cancel);

    public Task<IReadOnlyList<ParkedLane>> LanesAsync(CancellationToken cancel) => inner.LanesAsync(cancel);

    public Task<IReadOnlyDictionary<string, ParkingLedger>> LedgersAsync(CancellationToken cancel) => inner.LedgersAsync(cancel);
}
