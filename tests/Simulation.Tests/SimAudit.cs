using Correlation.Customers;
using Correlation.Delivery;
using Correlation.Incidents;
using Correlation.Remediation;

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
        CheckRuns(world, customer, run.Remediation());
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

    /// <summary>Sealed incidents as sets of symptoms with their likely cause; ids and the way to them may differ.</summary>
    private static List<string> IncidentsOf(CustomerState state) =>
    [
        .. state.Incidents.Values.Where(incident => incident is { Members.IsEmpty: false, Degraded: false })
            .Select(incident => $"{CauseOf(incident)}: {string.Join(' ', incident.Members.Order(StringComparer.Ordinal))}")
            .Order(StringComparer.Ordinal),
    ];

    private static string CauseOf(Incident incident) => incident.Causes.IsEmpty ? "?" : incident.Causes[0].Resource.Name;

    private static void CheckRuns(SimWorld world, CustomerState customer, RemediationState state)
    {
        var keys = state.Runs.Values.ToDictionary(run => run.IdempotencyKey);
        foreach (var (key, calls) in world.Receiver.Calls)
        {
            Assert.True(keys.TryGetValue(key, out var run), "A call was made that no run recorded.");
            Assert.True(run.WasSent, $"{run.Id} was called but not recorded as sent.");
            Assert.True(run.Repeatable || calls == 1, $"{run.Id} must not be repeated and came {calls} times.");
        }

        foreach (var run in state.Runs.Values)
        {
            Assert.True(
                run.State != RunState.Succeeded || world.Receiver.Calls.ContainsKey(run.IdempotencyKey), $"{run.Id} never came.");
            Assert.False(run.Awaiting, $"{run.Id} still awaits an answer.");
            var owner = customer.Incidents.GetValueOrDefault(run.Incident);
            Assert.True(
                owner?.MergedInto is null, $"{run.Id} belongs to {run.Incident}, which was merged into {owner?.MergedInto}.");
        }

        CheckWindows(state);
    }

    private static void CheckWindows(RemediationState state)
    {
        var sent = state.Runs.Values.Where(run => run.WasSent).GroupBy(run => (run.Action, run.Resource.Canonical));
        foreach (var here in sent.Select(runs => runs.OrderBy(run => run.Started).ToList()))
        {
            for (var i = 1; i < here.Count; i++)
            {
                var window = SimRemediationGrain.Rules.Find(here[i].Rule)!.Action.Window;
                Assert.True(
                    here[i].Started - here[i - 1].Started >= window, $"{here[i - 1].Id} and {here[i].Id} are in one window.");
            }
        }
    }
}
