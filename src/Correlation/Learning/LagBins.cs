using System.Numerics;

namespace Correlation.Learning;

/// <summary>Lags by their order of magnitude: bin 0 is the same second, bin k from 2^(k-1) up to below 2^k seconds.</summary>
public static class LagBins
{
    /// <summary>How many there are; they reach to <see cref="End"/>.</summary>
    public const int Count = 18;

    /// <summary>A lag so long is in no bin: 2^17 seconds, some 36 hours.</summary>
    public static TimeSpan End { get; } = TimeSpan.FromSeconds(1L << (Count - 1));

    /// <summary>The bin of a lag; <see cref="Count"/> where it is too long. A negative lag is none, and counts as 0.</summary>
    public static int Of(TimeSpan lag) => Of(lag.Ticks / TimeSpan.TicksPerSecond);

    /// <summary>The middle of a bin.</summary>
    public static TimeSpan Middle(int bin) => bin == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(0.75 * (1L << bin));

    /// <summary>How many seconds wide a bin is.</summary>
    public static long Width(int bin) => bin == 0 ? 1 : 1L << (bin - 1);

    /// <summary>The lag below which so many bins lie.</summary>
    public static TimeSpan Until(int bins) => TimeSpan.FromSeconds(bins == 0 ? 0 : 1L << (bins - 1));

    internal static int Of(long seconds) =>
        seconds <= 0 ? 0 : Math.Min(Count, BitOperations.Log2((ulong)seconds) + 1);

    /// <summary>Adds the seconds of a gap to the bins that the time since its beginning lay in.</summary>
    internal static void Expose(Span<long> bins, long gap)
    {
        var from = 0L;
        for (var bin = 0; bin < Count && gap > from; bin++)
        {
            var until = from + Width(bin);
            bins[bin] += Math.Min(gap, until) - from;
            from = until;
        }
    }
}
