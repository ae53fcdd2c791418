using Correlation.Estate.Model;

namespace Correlation.Estate.Wire;

/// <summary>Platform metrics as diagnostic settings stream them: upper-case ids, no unit, no dimensions.</summary>
internal static class MetricPayloads
{
    public static string Of(AzureResource resource, string metric, double minute, double average, int count)
    {
        var spread = Math.Round(average * 0.2, 2);
        return Json.Of(new
        {
            count,
            total = Math.Round(average * count, 2),
            minimum = Math.Round(Math.Max(0, average - spread), 2),
            maximum = Math.Round(average + spread, 2),
            average,
            resourceId = resource.Upper,
            time = TimeToken.O7(minute),
            metricName = metric,
            timeGrain = "PT1M",
        });
    }
}
