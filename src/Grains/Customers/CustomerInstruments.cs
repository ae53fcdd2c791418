using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Correlation.Customers;
using Correlation.Incidents;

namespace Correlation.Grains.Customers;

/// <summary>What customers tell of their decisions, recorded once a decision, which takes many reports; and how they are,
/// looked at when somebody asks for the metrics.</summary>
internal sealed class CustomerInstruments
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Correlation.Customers";

    private static readonly Health[] Healths = Enum.GetValues<Health>();
    private static readonly IncidentStatus[] Statuses = [IncidentStatus.Open, IncidentStatus.Acknowledged];

    /// <summary>The customers that are active on this silo. Of a state that its grain goes on with only whole parts are read,
    /// which never change.</summary>
    private readonly ConcurrentDictionary<CustomerKey, CustomerState> _shown = [];
    private readonly Counter<long> _reports;
    private readonly Counter<long> _symptoms;
    private readonly Counter<long> _incidents;
    private readonly Counter<long> _commands;

    /// <summary>Makes the instruments.</summary>
    public CustomerInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _reports = meter.CreateCounter<long>("correlation.customer.reports", "{report}",
            "Reports of conditions that changed something");
        _symptoms = meter.CreateCounter<long>("correlation.customer.symptoms", "{symptom}",
            "Symptoms that are new or changed, or withdrawn");
        _incidents = meter.CreateCounter<long>("correlation.customer.incidents", "{incident}",
            "What became of incidents, by step");
        _commands = meter.CreateCounter<long>("correlation.customer.commands", "{command}",
            "Operators' commands carried out, by verb");
        meter.CreateObservableUpDownCounter(
            "correlation.customer.open", Open, "{incident}", "Open incidents of the customers of this silo, by status");
        meter.CreateObservableUpDownCounter(
            "correlation.customer.health", InHealth, "{customer}", "Customers of this silo, by health");
    }

    /// <summary>The source of spans.</summary>
    public ActivitySource Source { get; } = new(Name);

    /// <summary>A customer is active here, with this state.</summary>
    public void Show(CustomerKey customer, CustomerState state) => _shown[customer] = state;

    /// <summary>A customer is no longer active here.</summary>
    public void Forget(CustomerKey customer) => _shown.TryRemove(customer, out _);

    /// <summary>A decision is stored.</summary>
    public void OnDecided(IReadOnlyList<CustomerEvent> events)
    {
        foreach (var stored in events) Count(stored);
    }

    private void Count(CustomerEvent stored)
    {
        switch (stored)
        {
            case ReportsTaken taken:
                _reports.Add(taken.Conditions.Length);
                Add(_symptoms, "change", "put", taken.Conditions.Sum(one => one.Put.Length));
                Add(_symptoms, "change", "withdrawn", taken.Conditions.Sum(one => one.Withdrawn.Length));
                break;
            case Regrouped regrouped:
                Step("opened", regrouped.Opened.Length);
                Step("merged", regrouped.Merged.Length);
                Step("dissolved", regrouped.Dissolved.Length);
                break;
            case StatusMoved moved:
                Step("resolved", moved.Steps.Count(step => step.Resolved is not null));
                Step("reopened", moved.Steps.Count(step => step.Resolved is null));
                break;
            case CustomerSealed done:
                Step("sealed", done.Incidents.Length);
                break;
            case Commanded commanded:
                Add(_commands, "verb", commanded.Command.Verb.ToString().ToLowerInvariant(), 1);
                break;
        }
    }

    private IEnumerable<Measurement<long>> Open()
    {
        var open = _shown.Values.SelectMany(state => state.Incidents.Values).Where(incident => incident.IsOpen)
            .CountBy(incident => incident.Status).ToDictionary();
        return Statuses.Select(status => Measured(open.GetValueOrDefault(status), "status", status));
    }

    private IEnumerable<Measurement<long>> InHealth()
    {
        var customers = _shown.Values.CountBy(state => state.Verdict.Health).ToDictionary();
        return Healths.Select(health => Measured(customers.GetValueOrDefault(health), "health", health));
    }

    private static Measurement<long> Measured<T>(int count, string tag, T value)
        where T : struct, Enum => new(count, new KeyValuePair<string, object?>(tag, value.ToString().ToLowerInvariant()));

    private void Step(string step, int count) => Add(_incidents, "step", step, count);

    private static void Add(Counter<long> counter, string tag, string value, int count)
    {
        if (count > 0) counter.Add(count, new KeyValuePair<string, object?>(tag, value));
    }
}
