using System.ComponentModel.DataAnnotations;

namespace Correlation.Grains.Delivery;

/// <summary>How a silo writes what its grains changed.</summary>
public sealed class FlushOptions
{
    /// <summary>How long a change without an effect may wait to be written.</summary>
    /// <value>100 ms. Longer folds more changes of one state into one write and makes more to be read again after a crash. A
    /// change with an effect is written at once, and again with the others where it changed since.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:30")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a reader waits for another silo to say what became of its flushes.</summary>
    /// <value>1 second. They are then pending: what rests on other silos settles meanwhile.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:30")]
    public TimeSpan AnswerWait { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The most states in one call to the store; between two calls what somebody waits for is written.</summary>
    /// <value>1,000.</value>
    [Range(1, 1_000_000)] public int StatesPerWrite { get; set; } = 1_000;
}
