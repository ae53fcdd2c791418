using System.ComponentModel.DataAnnotations;

namespace Correlation.Delivery;

/// <summary>How much is parked, and when it is tried again.</summary>
public sealed class ParkingOptions
{
    /// <summary>The most signals in one resource's lane; what comes when it is full is shed.</summary>
    /// <value>10,000. More keeps more through a longer outage and takes longer to drain.</value>
    [Range(1, 10_000_000)] public int SignalsPerLane { get; set; } = 10_000;

    /// <summary>The most signals of a lane in one call to its resource.</summary>
    /// <value>256. After a failed call it is one, and doubles with each call that succeeds.</value>
    [Range(1, 10_000)] public int BatchSignals { get; set; } = 256;

    /// <summary>How many calls in a row may fail before the lane rests.</summary>
    /// <value>3.</value>
    [Range(1, 100)] public int Attempts { get; set; } = 3;

    /// <summary>The delay before the second of these calls; it doubles with each further one.</summary>
    /// <value>200 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a lane rests after its first failed try; the rest doubles with each further one.</summary>
    /// <value>1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")] public TimeSpan FirstRest { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest rest.</summary>
    /// <value>1 hour. A fix is usually a new program, whose start tries every lane at once; an operator can have it tried at any
    /// time.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "7.00:00:00")] public TimeSpan LongestRest { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often a silo looks for lanes to drain, and its readers learn which lanes hold signals back.</summary>
    /// <value>2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")] public TimeSpan Beat { get; set; } = TimeSpan.FromSeconds(2);
}
