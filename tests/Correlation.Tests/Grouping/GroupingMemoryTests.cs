using Correlation.Dependencies;
using Correlation.Resources;
using Correlation.Signals;
using Correlation.Tests.Customers;
using FsCheck.Xunit;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Grouping;

/// <summary>What is remembered of symptoms and groups is never what was.</summary>
public sealed class GroupingMemoryTests
{
    private const int Minutes = 600;

    /// <summary>What is discovered and learned on the way, surges, rhythms, ends and changes all alter scores.</summary>
    [Property(MaxTest = 25)]
    public void A_process_that_has_grouped_all_day_groups_as_one_that_has_just_started(int seed)
    {
        var world = AllDay(seed);
        var now = world.Partition();
        Assert.Equal(now, Fresh(world).Partition());
    }

    [Fact]
    public void On_such_a_day_something_is_learned_and_discovered()
    {
        var world = AllDay(7);
        Assert.NotEmpty(world.State.Models);
        Assert.NotEmpty(world.State.Discovered);
        Assert.NotEmpty(world.State.Changes);
    }

    private static World AllDay(int seed)
    {
        var random = new Random(seed);
        var world = new World() { Options = { LearnStarts = 10 } };
        var symptoms = Symptoms(random).OrderBy(one => one.Start).ToList();
        foreach (var (i, symptom) in symptoms.Index())
        {
            world.Report(symptom with { End = null, EndReason = EndReason.None });
            if (random.Next(3) > 0) world.Report(symptom);
            if (random.Next(6) == 0) world.Link(Link(random, symptom));
            if (random.Next(8) == 0) world.Change(Change(Resource(random), random.Next(Minutes), $"c{i}"));
            if (random.Next(4) == 0) world.Advance((symptom.Start - Day).TotalMinutes);
        }

        return world.Advance(Minutes);
    }

    /// <summary>A new engine on the same state, that looks at all of it.</summary>
    private static World Fresh(World world) => world.Restart().Settle();

    private static LearntLink Link(Random random, Symptom symptom) => new(
        symptom.Resource, ResourceId.Parse(Resource(random)), EdgeSource.Payload, symptom.Start, symptom.Start, symptom.Start);

    private static string Resource(Random random) => random.Next(4) == 0 ? Database($"d{random.Next(3)}") : Vm(
        $"v{random.Next(8)}", $"rg{random.Next(2)}");

    private static IEnumerable<Symptom> Symptoms(Random random)
    {
        for (var wave = 0; wave < 30; wave++)
        {
            var start = random.Next(Minutes);
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                var from = start + (random.NextDouble() * 4);
                yield return Alert(
                    Resource(random), from, from + random.Next(1, 60), (Severity)random.Next(2, 6), $"r{random.Next(3)}");
            }
        }
    }
}
