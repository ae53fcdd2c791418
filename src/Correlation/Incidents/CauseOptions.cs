using System.ComponentModel.DataAnnotations;

namespace Correlation.Incidents;

/// <summary>What counts when an incident's cause is looked for. All weights are in nats: what is said for one resource and
/// not for another makes it e to that power likelier.</summary>
public sealed class CauseOptions
{
    /// <summary>Every other resource of the incident depends on it or is part of it.</summary>
    /// <value>4.</value>
    [Range(0.0, 100.0)] public double Upstream { get; set; } = 4;

    /// <summary>It failed first; falls to a third within <see cref="EarlyDecay"/>.</summary>
    /// <value>3.</value>
    [Range(0.0, 100.0)] public double Earliest { get; set; } = 3;

    /// <summary>It was changed before the first failed: at its most, where that explains all the resources and such a change
    /// never comes otherwise.</summary>
    /// <value>5.</value>
    [Range(0.0, 100.0)] public double Change { get; set; } = 5;

    /// <summary>Azure itself says that its health was lost, or has an event of the platform on it that covers all the others.
    /// </summary>
    /// <value>2.</value>
    [Range(0.0, 100.0)] public double Platform { get; set; } = 2;

    /// <summary>What every other resource shows was learned to follow what it shows ("A causes B").</summary>
    /// <value>1.</value>
    [Range(0.0, 100.0)] public double Learned { get; set; } = 1;

    /// <summary>The worst severity.</summary>
    /// <value>1.</value>
    [Range(0.0, 100.0)] public double Severity { get; set; } = 1;

    /// <summary>It complains of what no other resource of the incident does. Counts less the more failures of the past say
    /// what is usual there.</summary>
    /// <value>2.</value>
    [Range(0.0, 100.0)] public double Own { get; set; } = 2;

    /// <summary>In what time having failed first falls to a third of its weight.</summary>
    /// <value>10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan EarlyDecay { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>In what time having been changed before all that failed falls to a third of its weight, which is that of
    /// <see cref="Earliest"/> where such a change never comes otherwise.</summary>
    /// <value>30 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan ChangeDecay { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How cautious the confidence is: the weights are divided by it.</summary>
    /// <value>0.4. Higher brings the causes' scores nearer to each other.</value>
    [Range(0.01, 100)] public double Temperature { get; set; } = 0.4;
}
