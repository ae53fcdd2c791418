using System.Collections.Immutable;
using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>When a condition came, and when it went: each time after a pause, so that many signals at once are one beat.
/// </summary>
/// <remarks>A symptom tells them by its start, its end and its first signals, which are the same however many follow.</remarks>
internal static class Beats
{
    /// <summary>So many signals of a symptom tell its beats.</summary>
    public const int Signals = Fact.MentionsAtEnd;

    /// <summary>The pause before a beat.</summary>
    /// <value>5 minutes, the longest that rules usually take to look again.</value>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    /// <summary>The times at which a symptom says that its condition came, in any order.</summary>
    public static IEnumerable<DateTimeOffset> Came(Symptom symptom) =>
        Told(symptom, signal => signal.Role is SignalRole.Open or SignalRole.Pulse).Prepend(symptom.Start);

    /// <summary>The times at which a symptom says that its condition went, in any order; a time-out does not.</summary>
    public static IEnumerable<DateTimeOffset> Went(Symptom symptom)
    {
        var told = Told(symptom, signal => signal.Role == SignalRole.Close);
        return symptom is { End: { } end, EndReason: EndReason.Resolved or EndReason.Counterpart or EndReason.HealthReturned }
            ? told.Append(end) : told;
    }

    /// <summary>The beats, in order.</summary>
    /// <param name="times">When a condition came, or when it went.</param>
    public static ImmutableArray<DateTimeOffset> Of(IEnumerable<DateTimeOffset> times)
    {
        var beats = ImmutableArray.CreateBuilder<DateTimeOffset>();
        DateTimeOffset? before = null;
        foreach (var time in times.Order())
        {
            if (before is null || time - before >= Pause) beats.Add(time);
            before = time;
        }

        return beats.DrainToImmutable();
    }

    private static IEnumerable<DateTimeOffset> Told(Symptom symptom, Func<SignalReference, bool> which) =>
        symptom.Signals.Take(Signals).Where(which).Select(signal => signal.EventTime);
}
