using System.ComponentModel.DataAnnotations;

namespace Correlation.Delivery;

/// <summary>How much of a silo one customer may use while others wait, before what it sends is parked.</summary>
public sealed class CreditOptions
{
    /// <summary>How late the oldest message of a batch may be when it is sent to its resources; only while batches are later
    /// than that is a customer measured by its share.</summary>
    /// <value>100 ms, in the log time of a live stream. Shorter protects the others sooner and parks on shorter peaks.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")] public TimeSpan Lag { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long batches must have been late without a break before a customer is measured by its share; a batch that is
    /// later than that says so alone.</summary>
    /// <value>250 ms: a pause of the process (garbage collection) is no reason to park, and then to shed, what there is room
    /// for.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")] public TimeSpan LateFor { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How many times the mean of all customers with input one of them may send while batches are late.</summary>
    /// <value>4.</value>
    [Range(1.0, 1_000_000.0)] public double Shares { get; set; } = 4;

    /// <summary>Over which time the input of customers is compared; what is older counts less and less.</summary>
    /// <value>20 seconds: Azure sends metrics in bursts, one customer after the other. A flood is noticed when it has come to
    /// <see cref="Shares"/> times what a mean customer sends in that time.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")] public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>A customer with fewer signals than this in the window is never parked for its share.</summary>
    /// <value>10,000.</value>
    [Range(1, 1_000_000_000)] public int Signals { get; set; } = 10_000;

    /// <summary>How many effects of a customer may await its acknowledgement: until they are acknowledged no checkpoint of any
    /// partition passes them.</summary>
    /// <value>5,000: six seconds of a storm of 50,000 alerts a minute. More keeps a slow customer's grain busier and holds
    /// everybody's checkpoints back for longer; with less a storm goes through lanes, slower than its customer could take
    /// it.</value>
    [Range(1, 1_000_000)] public int Effects { get; set; } = 5_000;

    /// <summary>How many signals of a customer may wait in its lanes before it is a storm: what only repeats is then
    /// sampled.</summary>
    /// <value>5,000.</value>
    [Range(1, 1_000_000_000)] public int WaitingBeforeShedding { get; set; } = 5_000;

    /// <summary>Of so many repeats one is kept in a storm; the others are shed.</summary>
    /// <value>16. 1 sheds nothing.</value>
    [Range(1, 1_000_000)] public int SampleOneIn { get; set; } = 16;

    /// <summary>How many signals of a customer may wait in its lanes at all; what comes then is shed.</summary>
    /// <value>1,000,000.</value>
    [Range(1, 1_000_000_000)] public int WaitingMost { get; set; } = 1_000_000;

    /// <summary>How many lanes a silo drains at a time while no batch is late.</summary>
    /// <value>32.</value>
    [Range(1, 10_000)] public int LanesAtOnce { get; set; } = 32;

    /// <summary>How many lanes a silo drains at a time all the same while batches are late, so that none starves.</summary>
    /// <value>4.</value>
    [Range(1, 10_000)] public int LanesAtLeast { get; set; } = 4;
}
