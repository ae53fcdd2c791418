using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Incidents;

/// <summary>How long a symptom was open in all: of one that came and went, the pauses do not count.</summary>
internal static class OpenTime
{
    /// <summary>How long it was open in all; null where it is open.</summary>
    public static TimeSpan? Of(Symptom symptom) => symptom.End is not { } end ? null
        : Stretches(symptom, symptom.Start).Aggregate(TimeSpan.Zero, (sum, one) => sum + ((one.End ?? end) - one.Start));

    /// <summary>When it had been open for so long in all; null where it ended before.</summary>
    /// <param name="symptom">The symptom.</param>
    /// <param name="begin">When it began at the latest.</param>
    /// <param name="length">How long.</param>
    public static DateTimeOffset? Reached(Symptom symptom, DateTimeOffset begin, TimeSpan length)
    {
        foreach (var (start, stop) in Stretches(symptom, begin))
        {
            if (!((stop ?? symptom.End) - start < length)) return start + length;
            length -= (stop ?? symptom.End!.Value) - start;
        }

        return null;
    }

    /// <summary>When it was open, by time; the last may go on. One stretch where not all of its signals are known.</summary>
    private static IEnumerable<(DateTimeOffset Start, DateTimeOffset? End)> Stretches(Symptom symptom, DateTimeOffset begin)
    {
        DateTimeOffset? since = begin;
        var open = new HashSet<string>();
        IEnumerable<SignalReference> signals =
            symptom.Flaps == 0 || symptom.SignalCount > symptom.Signals.Length ? [] : symptom.Signals;
        foreach (var signal in signals)
        {
            var instance = signal.ExternalId ?? "";
            if (signal.Role is not SignalRole.Close)
            {
                open.Add(instance);
                since ??= signal.EventTime;
            }
            else if (open.Remove(instance) && open.Count == 0)
            {
                yield return (since!.Value, signal.EventTime);
                since = null;
            }
        }

        if (since is { } last) yield return (last, null);
    }
}
