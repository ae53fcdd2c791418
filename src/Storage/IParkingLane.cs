namespace Correlation.Storage;

/// <summary>Signals kept in order, aside, instead of being applied now.</summary>
public interface IParkingLane
{
    /// <summary>Parks signals; a signal parked before (same lane and position) is not parked again.</summary>
    Task ParkAsync(IReadOnlyList<ParkedSignal> signals, CancellationToken cancel);

    /// <summary>The next signals of a lane in the order they were parked.</summary>
    Task<IReadOnlyList<ParkedSignal>> PeekAsync(string lane, int most, CancellationToken cancel);

    /// <summary>Removes signals of a lane by position.</summary>
    Task RemoveAsync(string lane, IReadOnlyList<string> positions, CancellationToken cancel);

    /// <summary>Every lane that holds signals, with their number.</summary>
    Task<IReadOnlyList<ParkedLane>> LanesAsync(CancellationToken cancel);
}

/// <summary>A parked signal.</summary>
/// <param name="Lane">The resource's key.</param>
/// <param name="Position">The signal's position as text.</param>
/// <param name="Reason">Why it was parked, one line.</param>
/// <param name="Data">The serialized signal.</param>
public sealed record ParkedSignal(string Lane, string Position, string Reason, byte[] Data);

/// <summary>A lane with signals.</summary>
/// <param name="Lane">The resource's key.</param>
/// <param name="Count">How many it holds.</param>
/// <param name="Reason">Why the oldest of them was parked.</param>
public sealed record ParkedLane(string Lane, long Count, string Reason);
