using Correlation.Customers;
using Correlation.Incidents;
using FsCheck.Xunit;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Customers;

public sealed class StoredFormTests
{
    private static readonly Serializer Serializer = new ServiceCollection()
        .AddSerializer(builder => builder.AddAssembly(typeof(CustomerState).Assembly)).BuildServiceProvider()
        .GetRequiredService<Serializer>();

    [Property(MaxTest = 5)]
    public void Events_and_state_are_the_same_after_they_were_stored(int seed)
    {
        var world = Live(seed);

        var folded = new CustomerState();
        foreach (var stored in world.Journal)
        {
            CustomerFold.Apply(folded, Serializer.Deserialize<CustomerEvent>(Serializer.SerializeToArray(stored))!);
        }

        var read = Serializer.Deserialize<CustomerState>(Serializer.SerializeToArray(world.State))!;
        foreach (var state in new[] { folded, read })
        {
            Assert.Equal(world.State.Revision, state.Revision);
            Assert.Equal(world.State.Ledger(), state.Ledger());
            Assert.Equal(Text(world.State), Text(state));
            Assert.Equal(world.State.Constraints, state.Constraints);
            Assert.Equal(world.State.Verdict.Health, state.Verdict.Health);
            Assert.Equal(world.State.Conditions.Keys.Order(), state.Conditions.Keys.Order());
            Assert.Equal(world.State.Untold.OrderBy(pair => pair.Key), state.Untold.OrderBy(pair => pair.Key));
        }
    }

    [Property(MaxTest = 30)]
    public void The_ledger_balances_after_every_random_history(int seed)
    {
        var world = Live(seed);

        Assert.Equal(world.State.Reported, world.State.Ledger().Symptoms);
        Assert.True(world.Restart().State.Ledger().Balances);
    }

    /// <summary>A random history; <see cref="World"/> checks the ledger after each step.</summary>
    /// <param name="seed">Says what happens.</param>
    /// <param name="world">Where; a new one where there is none.</param>
    /// <param name="each">What else happens after each step.</param>
    internal static World Live(int seed, World? world = null, Action<World>? each = null)
    {
        var random = new Random(seed);
        world ??= new World(new DependencyEdge(Vm("v1"), Vm("v2")));
        var now = 0.0;
        for (var step = 0; step < 60; step++)
        {
            now += random.Next(0, 15);
            var resource = Vm($"v{random.Next(4)}");
            var alert = Alert(resource, now - random.Next(30), random.Next(2) == 0 ? null : now, rule: $"r{random.Next(3)}");
            switch (random.Next(8))
            {
                case 0: world.Advance(now); break;
                case 1: world.Maintain(now - 10, now + 20, resource); break;
                case 2 when world.Open.Count > 1: world.Command(world.Open[0], IncidentVerb.Merge, world.Open[^1].Id); break;
                case 3 when world.Open.Find(incident => incident.Members.Count > 1) is { } incident:
                    world.Command(incident, IncidentVerb.Split, null, world.State.Symptoms[incident.Members.Min()!].Symptom);
                    break;
                case 4 when world.Open.Count > 0: world.Command(world.Open[0], IncidentVerb.Resolve); break;
                case 5: world.Told(); break;
                case 6:
                    world.Report(alert)
                        .Withdraw(alert, alert with { Id = "next" + alert.Id[4..], Start = alert.Start.AddMinutes(-1) });
                    break;
                default: world.Report(alert); break;
            }

            each?.Invoke(world);
        }

        return world.Advance(now + (random.Next(3) * 1000));
    }

    private static List<string> Text(CustomerState state) =>
    [
        .. state.Incidents.Values.OrderBy(incident => incident.Id).Select(incident =>
            $"{incident.Id} {incident.Version} {incident.Status} {incident.Sealed} {incident.Timeline.Count} "
            + $"{incident.Reasons.Length} "
            + string.Join(',', incident.Members.Order(StringComparer.Ordinal))),
    ];
}
