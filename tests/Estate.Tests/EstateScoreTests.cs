namespace Correlation.Estate.Tests;

public sealed class EstateScoreTests
{
    private static readonly Truth Truth = HardDays.First.Truth;

    [Fact]
    public void Pairs_are_counted_as_a_table_of_groups_has_them()
    {
        // Truth {a a a}, {b b}; found {a a b}, {a}, {b}: 1 right pair of 3 found and 4 true.
        var pairs = PairCounts.Of([("a", "1"), ("a", "1"), ("a", "2"), ("b", "1"), ("b", "3")]);

        Assert.Equal(new PairCounts(1, 3, 4), pairs);
        Assert.Equal(2.0 / 7, pairs.F1, 9);
        Assert.Equal(new PairCounts(2, 6, 8), pairs + pairs);
        Assert.Equal(1, PairCounts.Of([]).F1);
    }

    [Fact]
    public void Incidents_that_are_the_truth_reach_one()
    {
        var score = EstateScore.Of(Truth, Perfect());

        Assert.Equal(1, score.Pairs.F1);
        Assert.Equal(1, score.MacroF1, 9);
        Assert.Equal((1, 1), (score.CauseTop(1), score.ChangeTop(1)));
        Assert.Equal((0, 0), (score.False, score.AcrossCustomers));
        Assert.Equal(Truth.Failures.Count, score.Incidents);
    }

    [Fact]
    public void Without_incidents_nothing_is_found_and_nothing_is_false()
    {
        var score = EstateScore.Of(Truth, []);

        Assert.Equal(0, score.Pairs.Recall);
        Assert.Equal(0, score.CauseTop(3));
        Assert.Equal(0, score.False);
    }

    [Fact]
    public void An_incident_of_noise_alone_is_false_and_one_of_two_customers_is_seen()
    {
        var incidents = Perfect();
        incidents.Add(new SignalIncident("noise", "contoso", [.. Truth.Noise.Take(2).SelectMany(s => s.ExternalIds)]));
        var first = incidents[0];
        var other = incidents.FindIndex(i => i.Customer != first.Customer);
        incidents[0] = first with { Members = [.. first.Members, .. incidents[other].Members] };
        incidents.RemoveAt(other);

        var score = EstateScore.Of(Truth, incidents);

        Assert.Equal(1, score.False);
        Assert.True(score.AcrossCustomers >= 1);
        Assert.True(score.Pairs.Precision < 1);
        Assert.Equal(1, score.Pairs.Recall);
    }

    [Fact]
    public void A_cause_is_looked_for_among_the_first_and_what_is_also_right_counts()
    {
        var failure = Truth.Failures.First(f => f.AlsoRight is not null);
        var ids = failure.Symptoms.SelectMany(s => s.ExternalIds).ToList();
        EstateScore Score(params string[] causes) => EstateScore.Of(
            Truth with { Failures = [failure] }, [new SignalIncident("x", failure.Customer, ids) { Cause = causes }]);

        Assert.Equal(1, Score(failure.RootResource.ToUpperInvariant()).CauseTop(1));
        Assert.Equal(1, Score(failure.AlsoRight![0]).CauseTop(1));
        Assert.Equal(0, Score("a", "b", failure.RootResource).CauseTop(1));
        Assert.Equal(1, Score("a", "b", failure.RootResource).CauseTop(3));
        Assert.Equal(0, Score("a", "b", "c", failure.RootResource).CauseTop(3));
    }

    [Fact]
    public void A_failure_in_two_halves_has_half_the_recall()
    {
        var failure = Truth.Failures[0] with { Symptoms = [.. Truth.Failures[0].Symptoms.Take(6)] };
        SignalIncident Part(int from) => new($"{from}", failure.Customer,
            [.. failure.Symptoms.Skip(from).Take(3).SelectMany(s => s.ExternalIds)]);

        var score = EstateScore.Of(Truth with { Failures = [failure], Noise = [] }, [Part(0), Part(3)]);

        Assert.Equal(new PairCounts(6, 6, 15), score.Pairs);
        Assert.Equal(2, score.Failures[0].Groups);
        Assert.Equal(2 * 0.5 / 1.5, score.Failures[0].F1, 9);
    }

    private static List<SignalIncident> Perfect() => [.. Truth.Failures.Select(f =>
        new SignalIncident(f.Id, f.Customer, [.. f.Symptoms.SelectMany(s => s.ExternalIds)])
        {
            Cause = [f.RootResource],
            Changes = [.. f.Changes.Where(c => c.Role == "cause").Select(c => c.EventDataId)],
        })];
}
