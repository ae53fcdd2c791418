using Correlation.Signals;

namespace Correlation.Delivery;

/// <summary>The counts that prove that every signal of a partition had exactly one fate.</summary>
/// <remarks>messages → records → signals: a record gives one signal or more, or is rejected;
/// the fates add up to all of them.</remarks>
[GenerateSerializer, Immutable, Alias("signal-ledger")]
public sealed record SignalLedger
{
    /// <summary>Nothing counted.</summary>
    public static SignalLedger Empty { get; } = new();

    /// <summary>Messages read.</summary>
    [Id(0)] public long Messages { get; init; }

    /// <summary>Records in them.</summary>
    [Id(1)] public long Records { get; init; }

    /// <summary>Signals that the records gave, each rejected record (or target) counted as one.</summary>
    [Id(2)] public long Signals { get; init; }

    /// <summary>Records or targets not understood.</summary>
    [Id(3)] public long Rejected { get; init; }

    /// <summary>Repetitions.</summary>
    [Id(4)] public long Duplicate { get; init; }

    /// <summary>Too far behind their log time.</summary>
    [Id(5)] public long Late { get; init; }

    /// <summary>Counted into a state.</summary>
    [Id(6)] public long Aggregated { get; init; }

    /// <summary>Kept as context.</summary>
    [Id(7)] public long Context { get; init; }

    /// <summary>Changed a symptom or recorded a change.</summary>
    [Id(8)] public long Transition { get; init; }

    /// <summary>Left out under overload.</summary>
    [Id(9)] public long Shed { get; init; }

    /// <summary>In the parking lane.</summary>
    [Id(10)] public long Parked { get; init; }

    /// <summary>Failed for good.</summary>
    [Id(11)] public long Failed { get; init; }

    /// <summary>Messages that the stream lost before they were read.</summary>
    [Id(12)] public long LostMessages { get; init; }

    /// <summary>Whether the fates add up to the signals.</summary>
    public bool Balances =>
        Signals == Rejected + Duplicate + Late + Aggregated + Context + Transition + Shed + Parked + Failed;

    /// <summary>The sum of two ledgers.</summary>
    public static SignalLedger operator +(SignalLedger a, SignalLedger b) => new()
    {
        Messages = a.Messages + b.Messages,
        Records = a.Records + b.Records,
        Signals = a.Signals + b.Signals,
        Rejected = a.Rejected + b.Rejected,
        Duplicate = a.Duplicate + b.Duplicate,
        Late = a.Late + b.Late,
        Aggregated = a.Aggregated + b.Aggregated,
        Context = a.Context + b.Context,
        Transition = a.Transition + b.Transition,
        Shed = a.Shed + b.Shed,
        Parked = a.Parked + b.Parked,
        Failed = a.Failed + b.Failed,
        LostMessages = a.LostMessages + b.LostMessages,
    };

    /// <summary>The ledger with some signals of one fate added.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The fate is <see cref="Fate.None"/>.</exception>
    public SignalLedger With(Fate fate, long count) => fate switch
    {
        Fate.Rejected => this with { Signals = Signals + count, Rejected = Rejected + count },
        Fate.Duplicate => this with { Signals = Signals + count, Duplicate = Duplicate + count },
        Fate.Late => this with { Signals = Signals + count, Late = Late + count },
        Fate.Aggregated => this with { Signals = Signals + count, Aggregated = Aggregated + count },
        Fate.Context => this with { Signals = Signals + count, Context = Context + count },
        Fate.Transition => this with { Signals = Signals + count, Transition = Transition + count },
        Fate.Shed => this with { Signals = Signals + count, Shed = Shed + count },
        Fate.Parked => this with { Signals = Signals + count, Parked = Parked + count },
        Fate.Failed => this with { Signals = Signals + count, Failed = Failed + count },
        _ => throw new ArgumentOutOfRangeException(nameof(fate), fate, "A signal without a fate cannot be booked."),
    };
}
