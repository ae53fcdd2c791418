using Correlation.Signals;

namespace Correlation.Delivery;

/// <summary>The counts that prove that every parked signal waits in its lane or left it once.</summary>
[GenerateSerializer, Immutable, Alias("parking-ledger")]
public sealed record ParkingLedger
{
    /// <summary>Nothing counted.</summary>
    public static ParkingLedger Empty { get; } = new();

    /// <summary>Signals put into a lane, each once, and not withdrawn again.</summary>
    [Id(0)] public long Parked { get; init; }

    /// <summary>Signals that are in a lane now.</summary>
    [Id(1)] public long Waiting { get; init; }

    /// <summary>Drained, and a repetition.</summary>
    [Id(2)] public long Duplicate { get; init; }

    /// <summary>Drained too late: its event time had fallen below the watermark, or lay too far behind its log time.</summary>
    [Id(3)] public long Late { get; init; }

    /// <summary>Drained and counted into a state.</summary>
    [Id(4)] public long Aggregated { get; init; }

    /// <summary>Drained and kept as context.</summary>
    [Id(5)] public long Context { get; init; }

    /// <summary>Drained, and changed a symptom or recorded a change.</summary>
    [Id(6)] public long Transition { get; init; }

    /// <summary>Taken out of its lane by an operator, for good.</summary>
    [Id(7)] public long Discarded { get; init; }

    /// <summary>Signals that were applied out of their lanes.</summary>
    public long Drained => Duplicate + Late + Aggregated + Context + Transition;

    /// <summary>Whether every parked signal is somewhere.</summary>
    public bool Balances => Parked == Waiting + Drained + Discarded;

    /// <summary>The sum of two ledgers.</summary>
    public static ParkingLedger operator +(ParkingLedger a, ParkingLedger b) => new()
    {
        Parked = a.Parked + b.Parked,
        Waiting = a.Waiting + b.Waiting,
        Duplicate = a.Duplicate + b.Duplicate,
        Late = a.Late + b.Late,
        Aggregated = a.Aggregated + b.Aggregated,
        Context = a.Context + b.Context,
        Transition = a.Transition + b.Transition,
        Discarded = a.Discarded + b.Discarded,
    };

    /// <summary>The ledger with some signals more that left their lane.</summary>
    /// <param name="fate">The fate with which they left; <see cref="Fate.Failed"/> for what was discarded;
    /// <see cref="Fate.None"/> for what is withdrawn, as if it had never been parked.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">No signal leaves a lane with such a fate.</exception>
    public ParkingLedger Left(Fate fate, long count) => fate switch
    {
        Fate.None => this with { Parked = Parked - count },
        Fate.Duplicate => this with { Duplicate = Duplicate + count },
        Fate.Late => this with { Late = Late + count },
        Fate.Aggregated => this with { Aggregated = Aggregated + count },
        Fate.Context => this with { Context = Context + count },
        Fate.Transition => this with { Transition = Transition + count },
        Fate.Failed => this with { Discarded = Discarded + count },
        _ => throw new ArgumentOutOfRangeException(nameof(fate), fate, "No signal leaves a lane with this fate."),
    };
}

/// <summary>A signal that leaves its lane.</summary>
/// <param name="Sequence">Its number in the lane.</param>
/// <param name="Fate">What became of it; <see cref="Fate.Failed"/> where it is discarded; <see cref="Fate.None"/> where it is
/// withdrawn: a reader that was replaced had parked what had its effect.</param>
public readonly record struct LaneExit(long Sequence, Fate Fate);
