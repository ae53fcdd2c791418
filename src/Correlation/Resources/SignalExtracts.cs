using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>The parts of a signal that a resource keeps.</summary>
internal static class SignalExtracts
{
    /// <summary>Eight bytes of a dedup key; two signals of one resource that share them by chance are out of reach.</summary>
    public static ulong Short(this DedupKey key) => key.High ^ key.Low;

    /// <summary>What finds the signal again.</summary>
    public static SignalReference ToReference(this Signal signal) =>
        new(signal.Position, signal.Detail?.ExternalId, signal.Role, signal.EventTime);

    /// <summary>The sum of a time and a span, held within what a time can be.</summary>
    public static DateTimeOffset PlusBounded(this DateTimeOffset time, TimeSpan span)
    {
        if (span > TimeSpan.Zero) return time > DateTimeOffset.MaxValue - span ? DateTimeOffset.MaxValue : time + span;
        return time < DateTimeOffset.MinValue - span ? DateTimeOffset.MinValue : time + span;
    }
}
