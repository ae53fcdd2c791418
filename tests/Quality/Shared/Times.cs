namespace Correlation.Quality;

/// <summary>Times of data sets.</summary>
internal static class Times
{
    public static DateTimeOffset OfEpoch(double seconds) =>
        DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(seconds * 1000) * TimeSpan.TicksPerMillisecond);

    public static double ToEpoch(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalSeconds;
}
