using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>What a kind of condition goes by.</summary>
/// <param name="Options">Times and limits.</param>
/// <param name="Kind">The kind.</param>
internal readonly record struct Rules(ResourceOptions Options, ConditionKind Kind)
{
    /// <summary>Signals of an alert so near to each other are one fact, however fast they come.</summary>
    /// <value>8 seconds: a fact for each in as long as they may still come late is within <see cref="ResourceOptions.MaxFacts"/>.
    /// </value>
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(8);

    /// <summary>What comes with a tenth of the hold between signals, or more, is held in full however often it came.</summary>
    private const double Slowest = 10;

    /// <summary>After so long without evidence it has ended.</summary>
    public TimeSpan TimeOut => Options.TimeOutOf(Kind);

    /// <summary>How far apart signals are at most that are one fact, which nothing but time ends.</summary>
    public TimeSpan Chain => IsPaced && Together < TimeOut ? Together : TimeOut;

    /// <summary>Whether how long it holds goes by how fast its signals come: what came a hundred times in a few seconds and then
    /// falls silent has ended; what comes every few minutes has not.</summary>
    private bool IsPaced => Kind == ConditionKind.StatelessAlert;

    /// <summary>After what pause it has ended, and after what further pause it is not the same symptom any more: once it has come
    /// so often at once, the so manieth part of what one signal is held for.</summary>
    /// <param name="count">How many signals it has had since it began.</param>
    /// <param name="lasted">How long after the first the last of them came.</param>
    public (TimeSpan Hold, TimeSpan Gap) After(int count, TimeSpan lasted)
    {
        if (!IsPaced) return (TimeOut, Options.FlapGap);
        var share = Math.Min(1, (1 + (Slowest * (lasted / TimeOut))) / count);
        var hold = share * TimeOut;
        return (hold > Chain ? hold : Chain, share * Options.FlapGap);
    }

    /// <summary>How it ends when a closing signal comes.</summary>
    public EndReason CloseReason => Kind switch
    {
        ConditionKind.ResourceHealth => EndReason.HealthReturned,
        ConditionKind.ServiceHealth or ConditionKind.FailedOperation => EndReason.Counterpart,
        _ => EndReason.Resolved,
    };

    /// <summary>Whether several instances may be open at once. A state, such as health, has one however many alerts tell of it:
    /// Azure gives the alert of its return another id than the alert of its loss.</summary>
    public static bool HasInstances(ConditionKind kind) => kind is ConditionKind.Alert or ConditionKind.Security;

    /// <summary>Whether it is told anew as long as it lasts, thousands of times perhaps; anything else has few signals, and each
    /// names something (an alert's id) that whoever looks for it must find.</summary>
    public static bool Repeats(ConditionKind kind) => EndsByTimeOnly(kind) || kind == ConditionKind.FailedOperation;

    /// <summary>Whether nothing but time (or a deletion) ends it, so that its facts can be folded as they come.</summary>
    public static bool EndsByTimeOnly(ConditionKind kind) => kind is ConditionKind.LogError or ConditionKind.StatelessAlert;
}
