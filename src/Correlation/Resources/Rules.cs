using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>What a kind of condition goes by.</summary>
/// <param name="Options">Times and limits.</param>
/// <param name="Kind">The kind.</param>
internal readonly record struct Rules(ResourceOptions Options, ConditionKind Kind)
{
    /// <summary>After so long without evidence it has ended.</summary>
    public TimeSpan TimeOut => Options.TimeOutOf(Kind);

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
