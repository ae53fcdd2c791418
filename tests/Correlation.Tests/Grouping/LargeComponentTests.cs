using Correlation.Incidents;
using Correlation.Resources;
using Correlation.Tests.Customers;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Grouping;

/// <summary>Of a storm what comes is grouped once time passes, not with every report.</summary>
public sealed class LargeComponentTests
{
    private readonly List<Symptom> storm =
        [.. Enumerable.Range(0, 1_300).Select(i => Alert(Vm($"v{i}", $"rg{i / 40}"), 1 + (i / 2_000.0)))];

    [Fact]
    public void What_comes_late_in_a_storm_is_grouped_with_the_next_beat_and_as_if_all_had_come_at_once()
    {
        var whole = new World().Report([.. storm]).Advance(3);
        var world = new World().Report([.. storm[..1_200]]);
        Assert.DoesNotContain(world.State.Symptoms.Values, tracked => tracked.Incident is null);

        foreach (var symptom in storm[1_200..]) world.Report(symptom);
        Assert.All(storm[1_200..], symptom => Assert.Null(world.State.Symptoms[symptom.Id].Incident));

        Assert.Equal(whole.Partition(), world.Advance(3).Partition());
        Assert.True(whole.Real.Count > 2);
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
    public void When_much_is_new_it_is_grouped_at_once()
    {
        var world = new World().Report([.. storm[..1_000]]);
        foreach (var symptom in storm[1_000..1_200]) world.Report(symptom);
        Assert.InRange(world.State.Symptoms.Values.Count(tracked => tracked.Incident is null), 1, 130);
    }
}
