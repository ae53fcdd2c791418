using Correlation.Customers;
using Correlation.Delivery;
using Correlation.Grouping;
using Correlation.Resources;

namespace Correlation.Simulation.Tests;

/// <summary>One activation of a customer: the steps of the product's shell around <see cref="CustomerEngine"/>.</summary>
internal sealed class SimCustomerGrain(SimSilo silo) : SimJournaled<CustomerState, CustomerEvent>(silo, Journal)
{
    public const string Journal = "contoso/customer";

    private readonly CustomerEngine _engine = NewEngine();

    /// <summary>Each resource but the first depends on the one before. Nothing is forgotten within a run.</summary>
    public static CustomerEngine NewEngine() => new(new CustomerSetup(
        SimWorld.Owner,
        new CustomerOptions(),
        new GroupingOptions { SlowWindow = TimeSpan.FromDays(5) },
        new TopologyHistory([new TopologyVersion(1, DateTimeOffset.MinValue, Edges())])));

    public Task<bool> ReportAsync(IReadOnlyList<OwnedEffect> effects, DateTimeOffset now) => TurnAsync(() => DecideAsync(state =>
        _engine.Take(
            state, effects.Select(effect => effect.Condition).OfType<ConditionReport>(),
            effects.Select(effect => effect.Change).OfType<Change>(), now)));

    /// <summary>Lets time pass, wakes resources and tells remediation what became of incidents.</summary>
    public Task<bool> AdvanceAsync(LogClock clock) => TurnAsync(async () =>
    {
        await DecideAsync(state => _engine.Advance(state, clock));
        foreach (var due in State.DueWakes(clock)) _ = WakeAsync(due.Canonical, clock);
        await TellAsync();
        return true;
    });

    private static Topology Edges() => new(Enumerable.Range(1, SimWorkload.Resources - 1).Select(number => new DependencyEdge(
        SimWorkload.ResourceOf(number).Canonical, SimWorkload.ResourceOf(number - 1).Canonical)));

    protected override void Apply(CustomerState state, CustomerEvent stored) => CustomerFold.Apply(state, stored);

    private async Task TellAsync()
    {
        var told = new List<NoticeTaken>();
        foreach (var id in State.Untold.Keys.Order(StringComparer.Ordinal).ToList())
        {
            if (_engine.Notice(State, id) is not { } notice) continue;
            try
            {
                if (World.Mutant != SimMutant.EndedUntold || notice.Ended is null || notice.MergedInto is not null)
                    await World.CallRemediationAsync(Silo.Process, grain => grain.ConsiderAsync(notice));
                told.Add(new NoticeTaken(id, notice.Version, null));
            }
            catch (UnknownOutcomeException)
            {
                // Told again with the next beat.
            }
        }

        if (told.Count > 0) await DecideAsync(state => _engine.Told(state, told));
    }

    private async Task WakeAsync(string resource, LogClock clock)
    {
        try
        {
            var target = World.Place(resource);
            await World.Network.CallAsync(Silo.Process, target.Process, async () =>
            {
                (await target.ActivateAsync(resource)).Tick(clock);
                return true;
            });
        }
        catch (UnknownOutcomeException)
        {
            // Woken again with the next beat.
        }
    }
}
