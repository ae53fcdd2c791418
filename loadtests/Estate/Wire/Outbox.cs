using Correlation.Estate.Model;

namespace Correlation.Estate.Wire;

/// <summary>Collects what Azure sends, with the delays that Azure documents for each way.</summary>
internal sealed class Outbox(Rng rng)
{
    private readonly List<Planned> planned = [];

    public IReadOnlyList<Planned> Planned => planned;

    /// <summary>How late an activity-log record may come.</summary>
    public double ActivityLatest { get; init; } = 1080;

    /// <summary>Takes over what another one holds.</summary>
    public void Take(Outbox other) => planned.AddRange(other.planned);

    /// <summary>An action group's message: 30 to 90 seconds after the alert changed.</summary>
    public void Alert(double eventTime, string body, double extraDelay = 0) =>
        planned.Add(new Planned(Family.Alert, "", eventTime, eventTime + rng.Between(30, 90) + extraDelay, body, false));

    /// <summary>An activity-log record: 3 to 18 minutes late by default.</summary>
    public void Activity(string subscription, double eventTime, string record, bool background = true) =>
        planned.Add(new Planned(Family.Activity, subscription, eventTime, eventTime + rng.Between(180, ActivityLatest),
            record, background));

    /// <summary>A resource-log record: 3 to 10 minutes late; a lane is a subscription's category.</summary>
    public void Log(AzureResource resource, string category, double eventTime, string record, bool background = true) =>
        planned.Add(new Planned(Family.Log, resource.Subscription + category, eventTime,
            eventTime + rng.Between(180, 560), record, background));

    /// <summary>A resource-log record of a source whose clock is wrong by some seconds.</summary>
    public void Log(AzureResource resource, string category, double eventTime, double wrong, string record) =>
        planned.Add(new Planned(Family.Log, resource.Subscription + category, eventTime + wrong,
            eventTime + rng.Between(180, 560), record, false));

    /// <summary>A resource-log record of a machine whose clock runs ahead.</summary>
    public void Ahead(AzureResource resource, string category, double eventTime, double arrival, string record) =>
        planned.Add(new Planned(Family.Log, resource.Subscription + category, eventTime, arrival, record, false));

    /// <summary>A minute's metric value: about 3 minutes late; a subscription's values of one minute come together.</summary>
    public void Metric(AzureResource resource, double minute, double delay, string record) =>
        planned.Add(new Planned(Family.Metric, resource.Subscription, minute, minute + 60 + delay, record, false));
}
