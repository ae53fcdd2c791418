using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Delivery;
using Correlation.Incidents;
using Correlation.Replay;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Tests.Replay;

/// <summary>Incidents of a replay, by the numbers of their signals.</summary>
internal static class Played
{
    public static readonly DateTimeOffset Day = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>An incident of one symptom with these signals; it began at the first one's minute.</summary>
    public static ReplayedIncident Incident(string id, params int[] signals) => new()
    {
        Id = id,
        Customer = CustomerKey.Parse("acme"),
        Why = "",
        Opened = Day.AddMinutes(signals[0] + 2),
        Members = [Symptom(signals)],
        Causes = [],
        Changes = [],
        Reasons = [],
    };

    /// <summary>The same with a likeliest cause.</summary>
    public static ReplayedIncident CausedBy(this ReplayedIncident incident, string name) =>
        incident with { Causes = [new RankedCause(Resource(name), 0.8, [])] };

    /// <summary>A symptom with these signals.</summary>
    public static ReplayedSymptom Symptom(params int[] signals) => new(
        new Symptom
        {
            Id = $"s{signals[0]}",
            Resource = Resource("vm"),
            Condition = new Condition(ConditionKind.Alert, "alert:cpu"),
            Start = Day.AddMinutes(signals[0]),
        },
        [.. signals.Select(number => new SignalReference(
            new Position("live", 1, 0, number, 0, 0), $"id{number}", SignalRole.Open, Day.AddMinutes(number)))]);

    /// <summary>A replay with these incidents.</summary>
    public static ReplayResult Result(IEnumerable<ReplayedIncident> incidents, params ReplayedSymptom[] alone) => new(
        [.. incidents],
        [.. alone.Select(symptom => (CustomerKey.Parse("acme"), symptom))],
        SignalLedger.Empty,
        ImmutableSortedDictionary<CustomerKey, SymptomLedger>.Empty);

    private static ResourceId Resource(string name) =>
        ResourceId.Parse($"/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/{name}");
}
