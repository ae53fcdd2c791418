using Correlation.Customers;
using Correlation.Incidents;
using Correlation.Remediation;

namespace Correlation.Simulation.Tests;

/// <summary>Holds what was done to resources against what must have been done: nothing that was due is missing, nothing came that
/// was not recorded, nothing came twice that must not.</summary>
internal static class SimRunAudit
{
    /// <param name="run">The run.</param>
    /// <param name="reference">The customer as the input alone makes it.</param>
    /// <param name="customer">The customer as it was stored.</param>
    public static void Check(SimRun run, CustomerState reference, CustomerState customer)
    {
        var state = run.Remediation();
        CheckDue(reference, customer, state);
        CheckCalls(run.World, state);
        foreach (var one in state.Runs.Values) CheckRun(run.World, customer, one);
        CheckWindows(state);
    }

    /// <summary>Of each incident that the input makes, every resource has its run. Only the rule of these asks for no cause
    /// and no open symptom, so that it does not depend on when the customer was told.</summary>
    private static void CheckDue(CustomerState reference, CustomerState customer, RemediationState state)
    {
        var found = customer.Incidents.Values.ToLookup(MembersOf);
        foreach (var incident in SimAudit.Judged(reference))
        {
            var one = Assert.Single(found[MembersOf(incident)]);
            var done = state.Runs.Values.Where(run => run.Incident == one.Id && run.Action == SimRemediationGrain.Report)
                .Select(run => run.Resource).ToHashSet();
            foreach (var resource in incident.Members.Select(member => reference.Symptoms[member].Symptom.Resource))
                Assert.True(done.Contains(resource), $"{one.Id} was never reported for {resource.Name}.");
        }
    }

    private static string MembersOf(Incident incident) => string.Join(' ', incident.Members.Order(StringComparer.Ordinal));

    private static void CheckCalls(SimWorld world, RemediationState state)
    {
        var keys = state.Runs.Values.ToDictionary(run => run.IdempotencyKey);
        foreach (var (key, calls) in world.Receiver.Calls)
        {
            Assert.True(keys.TryGetValue(key, out var run), "A call was made that no run recorded.");
            Assert.True(run.WasSent, $"{run.Id} was called but not recorded as sent.");
            Assert.True(run.Repeatable || calls == 1, $"{run.Id} must not be repeated and came {calls} times.");
        }
    }

    private static void CheckRun(SimWorld world, CustomerState customer, Run run)
    {
        Assert.True(
            run.State != RunState.Succeeded || world.Receiver.Calls.ContainsKey(run.IdempotencyKey), $"{run.Id} never came.");
        Assert.True(run.IsOver && !run.Awaiting, $"{run.Id} is {run.State} in the end.");
        Assert.True(
            run.State != RunState.Blocked || run.Guards.Any(answer => !answer.Passed), $"{run.Id} is blocked by no guard.");
        var owner = customer.Incidents.GetValueOrDefault(run.Incident);
        Assert.True(owner?.MergedInto is null, $"{run.Id} belongs to {run.Incident}, which was merged into {owner?.MergedInto}.");
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
