using Correlation.Delivery;

namespace Correlation.Storage;

/// <summary>Signals kept in order, aside, instead of being applied now, with their own books.</summary>
/// <remarks>
/// A lane is a small stream: each signal gets a sequence that is larger than that of any signal that was ever in the lane, also
/// after the lane was empty. What a call changes, the counts included, is stored whole or not at all.
/// </remarks>
public interface IParkingLane
{
    /// <summary>Parks signals at the end of a lane; one that the lane holds is not parked again.</summary>
    /// <returns>For each signal, in order, whether the lane holds it; false where the lane is full.</returns>
    Task<IReadOnlyList<bool>> ParkAsync(ParkingCall call, CancellationToken cancel);

    /// <summary>Whether a lane holds any of some positions.</summary>
    Task<bool> HoldsAnyAsync(string lane, IReadOnlyList<string> positions, CancellationToken cancel);

    /// <summary>The first signals of a lane, by sequence.</summary>
    Task<IReadOnlyList<ParkedSignal>> PeekAsync(string lane, int most, CancellationToken cancel);

    /// <summary>Takes signals out of a lane and books them; the lane's tries then begin anew. One that it does not hold is not
    /// booked.</summary>
    /// <returns>Those that left.</returns>
    Task<IReadOnlyList<LaneExit>> RemoveAsync(string lane, IReadOnlyList<LaneExit> exits, CancellationToken cancel);

    /// <summary>Notes how a try to drain a lane ended; nothing where there is no such lane.</summary>
    Task NoteAsync(string lane, LaneNote note, CancellationToken cancel);

    /// <summary>One lane; null where it holds no signals.</summary>
    Task<ParkedLane?> FindAsync(string lane, CancellationToken cancel);

    /// <summary>Every lane that holds signals, by key.</summary>
    Task<IReadOnlyList<ParkedLane>> LanesAsync(CancellationToken cancel);

    /// <summary>The books of each customer that ever had a signal parked.</summary>
    Task<IReadOnlyDictionary<string, ParkingLedger>> LedgersAsync(CancellationToken cancel);
}

/// <summary>Signals to park in one lane.</summary>
/// <param name="Lane">The resource's key.</param>
/// <param name="Customer">Whose books they are counted in; those of a lane that has signals are its first one's.</param>
/// <param name="Reason">Why, one line.</param>
/// <param name="Tried">Whether applying them was tried: the lane is then held until they have left it.</param>
/// <param name="Most">How many signals the lane may hold.</param>
/// <param name="Signals">The signals, in order.</param>
public sealed record ParkingCall(
    string Lane, string Customer, string Reason, bool Tried, long Most, IReadOnlyList<SignalToPark> Signals);

/// <summary>A signal to park.</summary>
/// <param name="Position">Its position as text: its identity in the lane.</param>
/// <param name="Ordinal">Its ordinal among the signals of its message, under which the partition keeps its fate.</param>
/// <param name="LogTime">When the stream stored its message.</param>
/// <param name="Data">The serialized signal.</param>
public sealed record SignalToPark(string Position, int Ordinal, DateTimeOffset LogTime, byte[] Data);

/// <summary>A parked signal.</summary>
/// <param name="Sequence">Its number in the lane.</param>
/// <param name="Position">Its position as text.</param>
/// <param name="Reason">Why it was parked, one line.</param>
/// <param name="LogTime">When the stream stored its message.</param>
/// <param name="Data">The serialized signal.</param>
public sealed record ParkedSignal(long Sequence, string Position, string Reason, DateTimeOffset LogTime, byte[] Data)
{
    /// <summary>Its ordinal among the signals of its message; null where an older program parked it.</summary>
    public int? Ordinal { get; init; }
}

/// <summary>How a try to drain a lane ended.</summary>
/// <param name="Reason">Why it failed, one line; null leaves the reason as it is.</param>
/// <param name="Tries">How many tries failed so far since a signal last left.</param>
/// <param name="NextTry">When it is tried again; null for at once.</param>
public sealed record LaneNote(string? Reason, int Tries, DateTimeOffset? NextTry)
{
    /// <summary>Whether what the lane holds now holds back what follows: draining it was tried and failed.</summary>
    public bool Holds { get; init; }
}

/// <summary>A lane with signals.</summary>
/// <param name="Lane">The resource's key.</param>
/// <param name="Customer">Whose books its signals are counted in; empty where an older program parked them.</param>
/// <param name="Waiting">How many it holds.</param>
/// <param name="Reason">Why the last try to drain it failed; before that, why its oldest signal was parked.</param>
public sealed record ParkedLane(string Lane, string Customer, long Waiting, string Reason)
{
    /// <summary>Whether it holds a signal that was tried and failed: what follows must then be parked behind it.</summary>
    public bool Held { get; init; }

    /// <summary>The log time of its first signal.</summary>
    public DateTimeOffset Oldest { get; init; }

    /// <summary>The log time of its last signal.</summary>
    public DateTimeOffset Newest { get; init; }

    /// <summary>How many tries to drain it failed since a signal last left.</summary>
    public int Tries { get; init; }

    /// <summary>When it is tried again; null for at once.</summary>
    public DateTimeOffset? NextTry { get; init; }
}
