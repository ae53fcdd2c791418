namespace Correlation.Detection;

/// <summary>What all resources do together, more load, a new day, is no resource's own: it is taken off what each does.</summary>
internal static class CommonMovement
{
    /// <summary>Takes the middle of a metric's deviations off those that go the same way, never past 0. Indicators are left
    /// as they are, and so is a metric of few series.</summary>
    public static List<(WatchedSeries Of, double Deviations)> TakeOff(
        List<(WatchedSeries Of, double Deviations)> minute, int from)
    {
        var common = minute.Where(one => !one.Of.Series.IsIndicator).GroupBy(one => one.Of.Series.Metric)
            .ToDictionary(group => group.Key, group => Middle([.. group.Select(one => one.Deviations)], from));
        return minute.ConvertAll(one => one.Of.Series.IsIndicator
            ? one
            : (one.Of, Without(one.Deviations, common[one.Of.Series.Metric])));
    }

    private static double Middle(double[] deviations, int from)
    {
        if (deviations.Length < from) return 0;
        Array.Sort(deviations);
        return SeriesHistory.Median(deviations);
    }

    private static double Without(double deviations, double common) => deviations * common <= 0
        ? deviations
        : Math.CopySign(Math.Max(0, Math.Abs(deviations) - Math.Abs(common)), deviations);
}
