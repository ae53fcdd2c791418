using Correlation.Incidents;
using Correlation.Resources;
using Correlation.Signals;
using Correlation.Tests.Customers;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Grouping;

/// <summary>What comes late in a storm goes where it probably belongs, and the storm is grouped once time passes, not with every
/// report.</summary>
public sealed class LargeComponentTests
{
    private readonly List<Symptom> storm =
        [.. Enumerable.Range(0, 1_300).Select(i => Alert(Vm($"v{i}", $"rg{i / 40}"), 1 + (i / 2_000.0)))];

    [Fact]
    public void What_comes_late_in_a_storm_joins_an_incident_of_it_and_is_grouped_later_as_if_all_had_come_at_once()
    {
        var whole = new World().Report([.. storm]).Advance(3);
        var world = new World().Report([.. storm[..1_200]]);
        Assert.DoesNotContain(world.State.Symptoms.Values, tracked => tracked.Incident is null);

        foreach (var symptom in storm[1_200..]) world.Report(symptom);
        Assert.DoesNotContain(world.State.Symptoms.Values, tracked => tracked.Incident is null);
        Assert.InRange(world.Real.Count, 3, 6);
        Assert.All(world.Real, incident => Assert.InRange(incident.Members.Count, 1, world.Grouping.MaxMembers));
        Assert.True(world.Engine.IsUnsettled);
        Assert.Contains(world.Real, incident => world.Engine.MayGo(incident.Id));
        Assert.NotEqual(whole.Partition(), world.Partition());

        Assert.Equal(whole.Partition(), world.Advance(3).Partition());
        Assert.DoesNotContain(world.Real, incident => world.Engine.MayGo(incident.Id));
        Assert.True(whole.Real.Count > 2);
    }

    [Theory]
    [InlineData(20_000)]
    [InlineData(1_000)] // more are open than allowed: none of them can be sealed, as was seen a minute before
    public void A_beat_before_anything_may_be_sealed_leaves_a_storm_as_it_is(int allowed)
    {
        var world = Allowing(allowed).Report([.. storm[..1_200]]).Advance(3).Report([.. storm[1_200..]]).Advance(4);
        Assert.True(world.Engine.IsUnsettled);

        var whole = new World().Report([.. storm]).Advance(9);
        Assert.Equal(whole.Partition(), world.Advance(9).Partition());
        Assert.False(world.Engine.IsUnsettled);
    }

    [Fact]
    public void Where_more_than_allowed_grew_by_a_tenth_a_beat_looks_again_for_what_may_be_sealed()
    {
        var world = Allowing(1_000).Report([.. storm[..1_100]]).Advance(3).Report([.. storm[1_100..]]);
        Assert.True(world.Engine.IsUnsettled);

        Assert.False(world.Advance(4).Engine.IsUnsettled);
    }

    private static World Allowing(int symptoms)
    {
        var world = new World();
        world.Options.LiveSymptoms = symptoms;
        return world.Restart();
    }

    [Fact]
    public void What_an_operator_keeps_apart_or_has_little_to_do_with_the_storm_joins_nothing_before_it_is_grouped()
    {
        var world = new World().Report([.. storm[..1_200]]);
        var split = world.Real[0].Members.Order(StringComparer.Ordinal).First();
        world.Command(world.Real[0], IncidentVerb.Split, null, world.State.Symptoms[split].Symptom);
        var once = world.State.Symptoms[split].Symptom with { End = At(2), EndReason = EndReason.Resolved };
        var late = storm[1_200];
        var before = world.State.Symptoms[split].Incident;

        world.Report(late, once);
        Assert.Equal(before, world.State.Symptoms[split].Incident);
        Assert.NotNull(world.State.Symptoms[late.Id].Incident);
        Assert.Equal(world.Settle().Partition(), world.Restart().Settle().Partition());
    }

    [Fact]
    public void What_waits_is_grouped_after_a_restart_too_and_before_an_operators_word()
    {
        var whole = new World().Report([.. storm]).Advance(3);
        var world = new World().Report([.. storm[..1_200]]).Report([.. storm[1_200..]]);
        Assert.Equal(whole.Partition(), world.Restart().Advance(3).Partition());

        var commanded = new World().Report([.. storm[..1_200]]).Report([.. storm[1_200..]]);
        commanded.Command(commanded.Real[0], IncidentVerb.Acknowledge);
        Assert.Equal(whole.Partition(), commanded.Partition());
    }

    [Fact]
    public void What_comes_beside_a_storm_is_an_incident_at_once_and_does_not_wait_with_it()
    {
        var (beside, later) = (Alert(Vm("other", "apart", "s9"), 200), Alert(Vm("other", "apart", "s9"), 203, rule: "second"));
        var whole = new World().Report([.. storm, beside, later]);
        var world = new World().Report([.. storm[..1_200]]).Report([.. storm[1_200..], beside]);
        Assert.Single(world.MembersOf(beside));
        Assert.True(world.Engine.IsUnsettled);

        world.Report(later);
        Assert.Contains(later.Id, world.MembersOf(beside));
        Assert.True(world.Engine.IsUnsettled);
        Assert.Equal(whole.Partition(), world.Settle().Partition());
    }

    [Fact]
    public void An_incident_that_has_a_part_in_a_storm_waits_with_it()
    {
        var world = new World().Report([.. storm[..1_200]]);
        var beside = Alert(Vm("other", "apart", "s9"), 200);
        world.Report(beside);
        world.Command(world.Real[0], IncidentVerb.Merge, world.State.Symptoms[beside.Id].Incident);
        var incident = world.State.Symptoms[beside.Id].Incident;

        var late = storm[1_200];
        world.Report(late, Alert(Vm("other", "apart", "s9"), 203, rule: "second"));

        Assert.Equal(incident, world.State.Symptoms[beside.Id].Incident);
        Assert.True(world.Engine.IsUnsettled);
        Assert.Equal(world.Settle().Partition(), world.Restart().Settle().Partition());
    }

    [Fact]
    public void What_waits_is_grouped_when_asked_without_a_beat()
    {
        var whole = new World().Report([.. storm]);
        var world = new World().Report([.. storm[..1_200]]).Report([.. storm[1_200..]]);
        Assert.True(world.Engine.IsUnsettled);

        Assert.Equal(whole.Partition(), world.Settle().Partition());
        Assert.False(world.Engine.IsUnsettled);
        var journal = world.Journal.Count;
        Assert.Equal(journal, world.Settle().Journal.Count);
    }

    [Fact]
    public void What_comes_at_once_is_grouped_at_once_and_what_comes_one_by_one_while_it_is_not_of_many()
    {
        var world = new World().Report([.. storm[..1_000]]);
        Assert.False(world.Engine.IsUnsettled);

        var few = new World();
        foreach (var symptom in storm[..200]) few.Report(symptom);
        Assert.False(few.Engine.IsUnsettled);
    }

    [Fact]
    public void The_cause_that_is_told_of_many_is_found_anew_once_they_are_more_by_an_eighth_or_time_has_passed()
    {
        string Told(World world) => world.Engine.Notice(world.State, world.Real[0].Id)!.Cause!.Canonical;
        Symptom[] many = [.. Enumerable.Range(0, 40).Select(i => Alert(Vm($"v{i}"), 10))];
        var health = Symptom(Vm("v7"), ConditionKind.ResourceHealth, "health", 9) with { Severity = Severity.Critical };

        foreach (var (more, minutes, anew) in new[] { (0, 11.4, false), (0, 30.0, true), (20, 11.4, true) })
        {
            var world = new World().Report(many).Advance(11);
            var before = Told(world);
            world.Report([health, .. Enumerable.Range(0, more).Select(i => Alert(Vm($"w{i}"), 10))]).Advance(minutes);

            Assert.Single(world.Real);
            Assert.Equal(anew ? Vm("v7") : before, Told(world));
            Assert.NotEqual(Vm("v7"), before);
        }
    }
}
