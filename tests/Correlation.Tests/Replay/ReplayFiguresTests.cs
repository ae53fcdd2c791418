using Correlation.Replay;
using static Correlation.Tests.Replay.Played;

namespace Correlation.Tests.Replay;

/// <summary>The figures of one replay, with labels and without.</summary>
public sealed class ReplayFiguresTests
{
    [Fact]
    public void Sizes_and_times_are_of_incidents_and_percentiles_are_values_that_were_there()
    {
        var incidents = Enumerable.Range(1, 10).Select(i => Incident($"i{i}", [.. Enumerable.Range(i * 20, i)]) with
        {
            Opened = Day.AddMinutes((i * 20) + i),
            Degraded = i == 3,
        });

        var figures = ReplayFigures.Of(Result(incidents, Symptom(900)));

        Assert.Equal((10, 1, 1), (figures.Incidents, figures.Degraded, figures.Alone));
        Assert.Equal((5.5, 5), (figures.SignalsMean, figures.SignalsMedian));
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(9)), (figures.DetectedMedian, figures.DetectedP90));
    }

    [Fact]
    public void Without_incidents_there_is_no_time_to_detect() =>
        Assert.Equal(new ReplayFigures(0, 0, 0, 0, 0, null, null), ReplayFigures.Of(Result([])));

    [Fact]
    public void Labels_are_scored_over_pairs_of_labelled_signals()
    {
        // Together by the labels: 1-2, 1-3, 2-3. In one incident: 1-2, 1-4, 2-4. Signal 5 has no label.
        var result = Result([Incident("i1", 1, 2, 4, 5), Incident("i2", 3)]);

        var score = LabelScore.Of(result, Labels(("id1", "x"), ("id2", "x"), ("id3", "x"), ("id4", "y")));

        Assert.Equal((4, 0, 1 / 3.0, 1 / 3.0, 1 / 3.0), (score.Labelled, score.Unknown, score.Precision, score.Recall, score.F1));
    }

    [Fact]
    public void What_belongs_to_nothing_and_is_alone_costs_nothing_and_in_an_incident_costs_precision()
    {
        var labels = Labels(("id1", "x"), ("id2", "x"), ("id3", null), ("id4", null));

        var apart = LabelScore.Of(Result([Incident("i1", 1, 2)], Symptom(3), Symptom(4)), labels);
        var mixed = LabelScore.Of(Result([Incident("i1", 1, 2, 3, 4)]), labels);

        Assert.Equal((1, 1, 1), (apart.Precision, apart.Recall, apart.F1));
        Assert.Equal((1 / 6.0, 1), (mixed.Precision, mixed.Recall));
    }

    [Fact]
    public void A_label_of_what_is_in_no_symptom_is_counted_and_costs_recall()
    {
        var score = LabelScore.Of(Result([Incident("i1", 1, 2)]), Labels(("id1", "x"), ("id2", "x"), ("typo", "x")));

        Assert.Equal((1, 1, 1 / 3.0), (score.Unknown, score.Precision, score.Recall));
        Assert.Equal(0, LabelScore.Of(Result([]), Labels(("id1", "x"))).F1);
    }

    [Fact]
    public void An_id_is_in_the_incident_that_holds_most_of_its_signals()
    {
        var (most, few) = (Incident("i1", 10, 11, 1), Incident("i2", 12, 2));
        var result = Result([few, most]);
        var renamed = Result([.. result.Incidents.Select(incident => incident with
        {
            Members = [.. incident.Members.Select(member => member with
            {
                Signals = [.. member.Signals.Select(one => one.Position.Offset >= 10 ? one with { ExternalId = "shared" } : one)],
            })],
        })]);

        var score = LabelScore.Of(renamed, Labels(("shared", "x"), ("id1", "x"), ("id2", "y")));

        Assert.Equal((1, 1), (score.Precision, score.Recall));
    }

    private static Dictionary<string, string?> Labels(params (string Id, string? Incident)[] labels) =>
        labels.ToDictionary(label => label.Id, label => label.Incident);
}
