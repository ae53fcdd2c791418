using System.ComponentModel.DataAnnotations;

namespace Correlation.Customers;

/// <summary>How a customer's incidents live, and how much of them is kept.</summary>
public sealed class CustomerOptions
{
    /// <summary>How far behind its own log time an event time may be:
    /// the watermark follows the log time at this distance.</summary>
    /// <value>30 minutes: what Azure's activity log needs. Longer seals later.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")] public TimeSpan Lateness { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long nothing may be open before an incident is resolved by itself.</summary>
    /// <value>10 minutes of log time. Shorter resolves what comes back at once.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")] public TimeSpan QuietTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How far before an incident's start a change is looked for.</summary>
    /// <value>2 hours.</value>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")] public TimeSpan ChangeWindow { get; set; } = TimeSpan.FromHours(2);

    /// <summary>The shortest gap in the input that counts as usual; three times the usual gap makes the health unknown.</summary>
    /// <value>30 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan UsualGapMin { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>The longest gap in the input that counts as usual.</summary>
    /// <value>1 day.</value>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")] public TimeSpan UsualGapMax { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How much log time passes before time alone is written down.</summary>
    /// <value>5 minutes. Shorter writes more and seals sooner.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan TimeStep { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How much log time lies at least between two versions of what is learned of a customer.</summary>
    /// <value>6 hours. Shorter follows its estate sooner, and keeps what is open on more versions.</value>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00")] public TimeSpan LearnEvery { get; set; } = TimeSpan.FromHours(6);

    /// <summary>How many symptoms are sealed at least before it is learned anew; the first versions come with a quarter and a
    /// half of so many, whatever the time.</summary>
    /// <value>20.</value>
    [Range(1, 10_000)] public int LearnStarts { get; set; } = 20;

    /// <summary>How long a lone alert of severity Error, or one with little beside it, is at most watched before it is an
    /// incident, where most of its kind have ended by themselves within such a time; how long exactly is learned. What is
    /// critical, two errors together, three alerts and what people or rules took in hand before are one at once.</summary>
    /// <value>30 minutes; zero watches nothing. Longer lets less noise through, and tells later of a lone failure.</value>
    [Range(typeof(TimeSpan), "00:00:00", "06:00:00")] public TimeSpan HoldMax { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>The most symptoms that are not sealed; beyond it the oldest ended ones are sealed early and flagged
    /// degraded.</summary>
    /// <value>20,000.</value>
    [Range(100, 1_000_000)] public int LiveSymptoms { get; set; } = 20_000;

    /// <summary>The most sealed incidents that are kept.</summary>
    /// <value>2,000, the newest.</value>
    [Range(1, 100_000)] public int SealedIncidents { get; set; } = 2_000;

    /// <summary>The most symptoms of sealed incidents that are kept; the oldest incidents go first.</summary>
    /// <value>5,000.</value>
    [Range(1, 1_000_000)] public int SealedSymptoms { get; set; } = 5_000;

    /// <summary>How long it is remembered which report of a condition was the last, when the condition is over: a silo that stood
    /// still for longer, and goes on, could bring an old report as a new one.</summary>
    /// <value>30 days of log time.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")] public TimeSpan ReportMemory { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Of how many conditions that are over that is remembered at most, those of the last day apart; the oldest go
    /// first.</summary>
    /// <value>20,000.</value>
    [Range(1, 10_000_000)] public int ReportsRemembered { get; set; } = 20_000;
}
