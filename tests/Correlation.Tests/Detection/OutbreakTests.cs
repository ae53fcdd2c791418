using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Detection;
using Correlation.Grouping;
using Correlation.Signals;

namespace Correlation.Tests.Detection;

public sealed class OutbreakTests
{
    [Fact]
    public void What_goes_off_elsewhere_while_an_outbreak_lasts_joins_it()
    {
        var minutes = new Minutes();
        minutes.PlayUsual(200)
            .Play(5, (service, _) => minutes.Usual(service == 3 ? 900 : 100))
            .Play(6, (service, _) => minutes.Usual(service is 3 or 5 ? 900 : 100)).PlayUsual(30);

        var outbreak = Assert.Single(minutes.Outbreaks);
        var opened = minutes.Verdicts.SelectMany(verdict => verdict.Steps)
            .Where(step => step.Change == AnomalyChange.Opened).ToList();
        Assert.Equal([Minutes.Service(3), Minutes.Service(5)], opened.Select(step => step.Anomaly.Series.Resource));
        Assert.All(opened, step => Assert.Same(outbreak, step.Outbreak));
    }

    [Fact]
    public void Another_failure_after_its_end_is_another_outbreak()
    {
        var minutes = new Minutes();
        minutes.PlayUsual(200).Play(5, (service, _) => minutes.Usual(service == 3 ? 900 : 100)).PlayUsual(4)
            .Play(5, (service, _) => minutes.Usual(service == 3 ? 900 : 100));

        Assert.Equal([Minutes.At(202), Minutes.At(211)], minutes.Outbreaks.Select(outbreak => outbreak.Opened));
        Assert.Equal(2, minutes.Outbreaks.Select(outbreak => outbreak.CauseKey).Distinct().Count());
    }

    [Fact]
    public void It_ends_after_its_longest_time_and_all_its_anomalies_with_it()
    {
        var minutes = new Minutes(new DetectorSettings { NewLevel = 1000, LongestOutbreak = 10 });
        minutes.PlayUsual(200).Play(13, (service, _) => minutes.Usual(service == 3 ? 900 : 100));

        Assert.Equal(AnomalyChange.Closed, Assert.Single(minutes.Verdicts[^1].Steps).Change);
    }

    [Fact]
    public void An_indicator_opens_one_and_is_no_cause_of_it()
    {
        var minutes = new Minutes();
        var felt = Minutes.Series(9, indicator: true);
        for (var i = 0; i < 200; i++) minutes.Observe(new MetricSample(felt, minutes.Usual()));
        for (var i = 0; i < 3; i++) minutes.Observe(new MetricSample(felt, 2000));

        Assert.Empty(Assert.Single(minutes.Outbreaks).Surprises);
    }

    [Fact]
    public void A_dependency_that_is_off_explains_its_dependant()
    {
        var topology = new Topology([new DependencyEdge("web", "cart"), new DependencyEdge("cart", "db")]);
        var surprises = new Dictionary<ResourceId, double> { [Of("web")] = 14, [Of("cart")] = 12, [Of("mail")] = 7.5 };

        var ranked = AnomalyCauses.Rank(surprises, topology, new DetectorSettings());

        Assert.Equal([("cart", 12, 0), ("web", 8, 6), ("mail", 7.5, 0)],
            ranked.Select(cause => (cause.Resource.Canonical, cause.Score, cause.Explained)));
    }

    [Theory]
    [InlineData("outbreak:1", "outbreak:2", true)]
    [InlineData("outbreak:1", "outbreak:1", false)]
    [InlineData("outbreak:1", "correlation:2", false)]
    [InlineData("outbreak:1", null, false)]
    public void Different_outbreaks_are_apart_and_what_belongs_to_none_is_not(string one, string? other, bool apart)
    {
        ImmutableArray<string> keys = other is null ? [] : [other];

        Assert.Equal(apart, OutbreakKey.Parts([one], keys));
        Assert.Equal(apart, OutbreakKey.Parts(keys, [one]));
        Assert.False(OutbreakKey.Parts([one, "outbreak:9"], [.. keys, "outbreak:9"]));
    }

    private static ResourceId Of(string name) => ResourceId.Parse(name);
}
