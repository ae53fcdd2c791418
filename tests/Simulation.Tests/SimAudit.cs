using Correlation.Customers;
using Correlation.Delivery;
using Correlation.Incidents;

namespace Correlation.Simulation.Tests;

/// <summary>Holds a run against what must be true of it.</summary>
internal static class SimAudit
{
    public static void Check(SimRun run)
    {
        var world = run.World;
        var reference = new SimReference(world.Stream.All(), world.Stream.Newest, world.Afterwards);
        CheckLedger(world, reference.Counts);
        foreach (var (key, expected) in reference.Resources)
        {
            var stored = world.Read<DurableResource>(world.Storage.Rows[key].Data);
            Assert.Equal(expected.State.Counts.Signals, stored.State.Counts.Signals);
        }

        var customer = run.Customer();
        Assert.Equal(SymptomsOf(reference.Customer), SymptomsOf(customer));
        Assert.Equal(IncidentsOf(reference.Customer), IncidentsOf(customer));
        Assert.True(customer.Ledger().Balances, "The symptom ledger does not balance.");
        SimRunAudit.Check(run, reference.Customer, customer);
    }

    private static void CheckLedger(SimWorld world, SignalLedger expected)
    {
        var total = Enumerable.Range(0, world.Stream.Partitions).Select(world.CheckpointOf)
            .Aggregate(SignalLedger.Empty, (sum, at) => sum + at.Ledger);
        Assert.True(total.Balances, "The signal ledger does not balance.");
        var lanes = world.Lanes.Books;
        Assert.True(lanes.Balances, "The books of the parking lanes do not balance.");
        Assert.Equal(lanes.Parked, total.Parked);
        var drained = total with
        {
            Late = total.Late + lanes.Late, Duplicate = total.Duplicate + lanes.Duplicate,
            Context = total.Context + lanes.Context,
        };
        Assert.Equal(BooksOf(expected with { LostMessages = world.Stream.Lost }), BooksOf(drained));
    }

    /// <summary>What does not depend on the order: whether a signal changed a symptom or was only counted does.</summary>
    private static string BooksOf(SignalLedger ledger) =>
        $"messages {ledger.Messages}, lost {ledger.LostMessages}, signals {ledger.Signals}, late {ledger.Late}, "
        + $"duplicate {ledger.Duplicate}, context {ledger.Context}";

    private static List<string> SymptomsOf(CustomerState state) =>
    [
        .. state.Symptoms.Values.Select(tracked => tracked.Symptom)
            .Select(one => $"{one.Resource.Name} {one.Condition.Key} {one.Start:o} {one.End:o} {one.EndReason} {one.SignalCount}")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Sealed incidents as sets of symptoms with their likely causes and why; ids and the way may differ.</summary>
    private static List<string> IncidentsOf(CustomerState state) =>
    [
        .. Judged(state)
            .Select(incident => $"{CauseOf(incident)}: {string.Join(' ', incident.Members.Order(StringComparer.Ordinal))}")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The incidents whose members do not depend on the order.</summary>
    public static IEnumerable<Incident> Judged(CustomerState state) =>
        state.Incidents.Values.Where(incident => incident is { Members.IsEmpty: false, Degraded: false });

    private static string CauseOf(Incident incident) => string.Join(
        ", ", incident.Causes.Select(cause => $"{cause.Resource.Name} ({string.Join("; ", cause.Reasons)})"));
}
