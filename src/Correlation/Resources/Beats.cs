using System.Collections.Immutable;
using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>When a condition came, and when it went, within its symptoms: each time after a pause of its own, so that many
/// signals at once are one beat.</summary>
/// <remarks>A symptom tells them by its first signals, which are the same however many follow.</remarks>
internal static class Beats
{
    /// <summary>So many signals of a symptom tell its beats.</summary>
    public const int Signals = Fact.MentionsAtEnd;

    /// <summary>The pause before a beat.</summary>
    /// <value>5 minutes, the longest that rules usually take to look again.</value>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    /// <summary>When it came, in order.</summary>
    /// <param name="signals">Its signals, in any order.</param>
    public static ImmutableArray<DateTimeOffset> Came(IEnumerable<SignalReference> signals) =>
        Of(signals.Where(signal => signal.Role is SignalRole.Open or SignalRole.Pulse));

    /// <summary>When it went, in order.</summary>
    /// <param name="signals">Its signals, in any order.</param>
    public static ImmutableArray<DateTimeOffset> Went(IEnumerable<SignalReference> signals) =>
        Of(signals.Where(signal => signal.Role == SignalRole.Close));

    private static ImmutableArray<DateTimeOffset> Of(IEnumerable<SignalReference> signals)
    {
        var beats = ImmutableArray.CreateBuilder<DateTimeOffset>();
        var before = DateTimeOffset.MinValue;
        foreach (var time in signals.Select(signal => signal.EventTime).Order())
        {
            if (before == DateTimeOffset.MinValue || time - before >= Pause) beats.Add(time);
            before = time;
        }

        return beats.DrainToImmutable();
    }
}
