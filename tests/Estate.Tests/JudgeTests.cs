namespace Correlation.Estate.Tests;

public sealed class JudgeTests
{
    private static readonly Truth Truth = Days.Demo.Truth;

    [Fact]
    public void Incidents_that_are_the_truth_pass()
    {
        var verdict = Judge.Of(Truth, Perfect());

        Assert.True(verdict.Passes);
        Assert.All(verdict.Failures.Where(f => f.Failure != "noisy-rule"), f => Assert.Equal(1, f.Held));
        Assert.Empty(verdict.Others);
    }

    [Fact]
    public void Without_incidents_every_failure_is_missed_but_the_noise()
    {
        var verdict = Judge.Of(Truth, []);

        Assert.False(verdict.Passes);
        Assert.Equal(["noisy-rule"], verdict.Failures.Where(f => f.Passes).Select(f => f.Failure));
    }

    [Fact]
    public void A_failure_in_two_incidents_does_not_pass()
    {
        var incidents = Perfect();
        var whole = incidents[0];
        incidents[0] = whole with { Members = [.. whole.Members.Skip(1)] };
        incidents.Add(new FoundIncident("second", [whole.Members[0]]));

        var verdict = Judge.Of(Truth, incidents);

        Assert.False(verdict.Failures[0].Passes);
        Assert.Equal([whole.Id, "second"], verdict.Failures[0].Incidents);
        Assert.Equal(["second"], verdict.Others);
    }

    [Fact]
    public void An_incident_that_holds_too_little_does_not_pass()
    {
        var incidents = Perfect();
        incidents[0] = incidents[0] with { Members = [.. incidents[0].Members.Skip(2)] };

        var verdict = Judge.Of(Truth, incidents);

        Assert.Equal(0.8, verdict.Failures[0].Held, 6);
        Assert.Equal(2, verdict.Failures[0].Missing.Count);
        Assert.False(verdict.Passes);
    }

    [Fact]
    public void An_incident_of_two_failures_is_mixed()
    {
        var incidents = Perfect();
        incidents[0] = incidents[0] with { Members = [.. incidents[0].Members, .. incidents[1].Members] };
        incidents.RemoveAt(1);

        var verdict = Judge.Of(Truth, incidents);

        Assert.Equal([incidents[0].Id], verdict.Mixed);
        Assert.False(verdict.Passes);
    }

    [Fact]
    public void The_same_condition_on_another_night_is_another_symptom()
    {
        var nights = Truth.Failures.Where(f => f.Kind == "nightlyJob").ToList();
        var verdict = Judge.Of(Truth, [new FoundIncident("first", [.. nights[0].Symptoms.Select(s => Found(s))])]);

        Assert.Equal("first", verdict.Failures.First(f => f.Failure == nights[0].Id).Main);
        Assert.Null(verdict.Failures.First(f => f.Failure == nights[1].Id).Main);
    }

    [Fact]
    public void Three_other_incidents_are_borne_and_four_are_not()
    {
        var incidents = Perfect();
        incidents.AddRange(Truth.Noise.Take(3).Select((s, i) => new FoundIncident($"noise-{i}", [Found(s)])));
        Assert.True(Judge.Of(Truth, incidents).Passes);

        incidents.Add(new FoundIncident("noise-3", [Found(Truth.Noise[3])]));
        Assert.False(Judge.Of(Truth, incidents).Passes);
    }

    private static List<FoundIncident> Perfect() =>
        [.. Days.Real.Select(f => new FoundIncident($"incident-{f.Id}", [.. f.Symptoms.Select(Found)]))];

    private static FoundSymptom Found(TruthSymptom symptom) => new(
        symptom.Resource.ToUpperInvariant(),
        $"alert:{symptom.RuleOrOperation.ToLowerInvariant()}",
        symptom.Start,
        symptom.End,
        []);
}
