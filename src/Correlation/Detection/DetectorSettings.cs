using System.ComponentModel.DataAnnotations;

namespace Correlation.Detection;

/// <summary>What counts as unusual for a metric, and when what is unusual is worth an incident.</summary>
public sealed class DetectorSettings
{
    /// <summary>How many false incidents an hour are accepted over everything that is watched together.</summary>
    /// <value>0.5. Higher finds more and cries wolf more.</value>
    [Range(0.001, 60)] public double FalsePerHour { get; set; } = 0.5;

    /// <summary>How many minutes in a row a value must be off on the same side.</summary>
    /// <value>3: odd minutes are no anomaly. Each costs a minute of delay.</value>
    [Range(1, 60)] public int Persist { get; set; } = 3;

    /// <summary>How many past values say what is usual of late.</summary>
    /// <value>60: an hour of minutes.</value>
    [Range(8, 10_000)] public int Short { get; set; } = 60;

    /// <summary>How many past values say what is usual at all; a value must be off by both.</summary>
    /// <value>1,440: a day of minutes, of 8 bytes each for every series.</value>
    [Range(8, 100_000)] public int Long { get; set; } = 1440;

    /// <summary>How many values must have come before one is judged.</summary>
    /// <value>3; how far off they are is held down by <see cref="PriorSpread"/>.</value>
    [Range(1, 10_000)] public int MinValues { get; set; } = 3;

    /// <summary>The spread, as a share of the value, that a series is believed to have before it is known.</summary>
    /// <value>0.3.</value>
    [Range(0.0, 10.0)] public double PriorSpread { get; set; } = 0.3;

    /// <summary>How many values that belief counts for.</summary>
    /// <value>5.</value>
    [Range(0.0, 1000.0)] public double PriorValues { get; set; } = 5;

    /// <summary>The least change, as a share of the value, that means anything.</summary>
    /// <value>0.25: a service that does a quarter more is not broken.</value>
    [Range(0.001, 10)] public double LeastChange { get; set; } = 0.25;

    /// <summary>The share of the metric's mean level below which a value counts as nothing.</summary>
    /// <value>0.1.</value>
    [Range(0.0001, 1)] public double Floor { get; set; } = 0.1;

    /// <summary>From how many deviations on a value is not learned as usual, until it has stayed
    /// <see cref="NewLevel"/> minutes.</summary>
    /// <value>4.</value>
    [Range(1.0, 1000.0)] public double Learned { get; set; } = 4;

    /// <summary>After how many minutes a new level is learned as usual.</summary>
    /// <value>15. Less forgets a failure while it lasts.</value>
    [Range(1, 10_000)] public int NewLevel { get; set; } = 15;

    /// <summary>From how many series of one metric on what they do together is nobody's own.</summary>
    /// <value>5.</value>
    [Range(2, 10_000)] public int CommonFrom { get; set; } = 5;

    /// <summary>What a fall counts beside a rise, where users do not feel it.</summary>
    /// <value>0.5: what is not asked falls.</value>
    [Range(0.0, 1.0)] public double Fall { get; set; } = 0.5;

    /// <summary>Above what share of the opening surprise an anomaly goes on, and a resource belongs to an outbreak.</summary>
    /// <value>0.5.</value>
    [Range(0.05, 1)] public double Goes { get; set; } = 0.5;

    /// <summary>After how many minutes below that an anomaly or an outbreak is over.</summary>
    /// <value>2.</value>
    [Range(1, 60)] public int Quiet { get; set; } = 2;

    /// <summary>The longest that an outbreak lasts, in minutes.</summary>
    /// <value>30: what still is off then has become usual, or is another one.</value>
    [Range(1, 1440)] public int LongestOutbreak { get; set; } = 30;

    /// <summary>What share of its worst dependency's surprise explains away a resource's own.</summary>
    /// <value>0.5.</value>
    [Range(0.0, 1.0)] public double Explained { get; set; } = 0.5;

    /// <summary>The most series that are watched; a new one beyond it is passed over and counted.</summary>
    /// <value>20,000.</value>
    [Range(1, 1_000_000)] public int MaxSeries { get; set; } = 20_000;
}
