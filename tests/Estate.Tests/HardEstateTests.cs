using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;

namespace Correlation.Estate.Tests;

public sealed class HardEstateTests
{
    private static readonly EstateDay Day = HardDays.First;
    private static readonly Truth Truth = Day.Truth;

    [Fact]
    public void There_are_twelve_kinds_of_failure_or_more_and_every_kind_for_reporting_occurs()
    {
        Assert.Equal(6, EstateOptions.TuningKinds.Count);
        Assert.True(EstateOptions.ReportingKinds.Count >= 6);
        Assert.Equal(
            EstateOptions.ReportingKinds.Select(k => JsonNamingPolicy.CamelCase.ConvertName(k.ToString())).Order(),
            Truth.Failures.Select(f => f.Kind).Distinct().Order());
    }

    [Fact]
    public void Every_kind_for_tuning_can_be_played_on_the_hard_estate()
    {
        var truth = HardDays.Of(new EstateOptions { Kinds = EstateOptions.TuningKinds, QuietTraffic = false }).Truth;

        Assert.Equal(EstateOptions.TuningKinds.Count, truth.Failures.Select(f => f.Kind).Distinct().Count());
    }

    [Fact]
    public void Equal_options_give_equal_bytes_and_another_seed_others()
    {
        var again = AzureEstate.Generate(HardDays.Reporting);

        Assert.Equal(Day.Messages, again.Messages);
        Assert.Equal(Text(Truth), Text(again.Truth));
        Assert.NotEqual(Day.Messages, HardDays.Of(HardDays.Reporting with { Seed = 2 }).Messages);
    }

    [Fact]
    public void Every_id_of_the_truth_is_in_the_messages_and_every_alert_in_the_truth()
    {
        var records = Wire.Records(Day).ToList();
        var all = records.SelectMany(r => Wire.Texts(r.Json)).ToHashSet(StringComparer.Ordinal);
        var ids = Truth.Failures.SelectMany(f => f.Symptoms).Concat(Truth.Noise).SelectMany(s => s.ExternalIds).ToHashSet();

        Assert.All(ids, id => Assert.Contains(id, all));
        Assert.All(Truth.Failures.SelectMany(f => f.Changes), c => Assert.Contains(c.EventDataId, all));
        Assert.All(records.Where(r => r.Family == "alert"), r => Assert.Contains(Wire.AlertId(r), ids));
    }

    [Fact]
    public void A_failure_says_whose_it_is_what_caused_it_and_when_it_was()
    {
        var owner = Truth.Customers.SelectMany(c => c.Subscriptions.Select(s => (s, c.Key))).ToDictionary(x => x.s, x => x.Key);

        Assert.Equal(Truth.Failures.Count, Truth.Failures.Select(f => f.Id).Distinct().Count());
        Assert.All(Truth.Failures, f =>
        {
            Assert.True(f.Symptoms.Count >= 6, f.Id);
            Assert.All(f.Symptoms, s => Assert.Equal(f.Customer, owner[s.Resource.Split('/')[2]]));
            Assert.All(f.Symptoms, s => Assert.InRange(s.Start, f.Start, f.End));
            Assert.All(f.Symptoms, s => Assert.InRange(s.End, s.Start, f.End));
            Assert.Contains(Truth.Resources, r => r.Id == f.RootResource);
            Assert.All(f.Changes.Where(c => c.Role == "cause"), c => Assert.True(c.At <= f.Symptoms.Min(s => s.Start), f.Id));
        });
    }

    [Fact]
    public void Some_failures_have_a_guilty_change_and_some_have_none()
    {
        var guilty = Truth.Failures.GroupBy(f => f.Kind)
            .ToDictionary(g => g.Key, g => g.All(f => f.Changes.Any(c => c.Role == "cause")));

        Assert.True(guilty["alertStorm"]);
        Assert.True(guilty["dnsLinkDeleted"]);
        Assert.False(guilty["certificateExpired"]);
        Assert.False(guilty["badRollout"]);
    }

    [Fact]
    public void Failures_of_one_customer_overlap_as_asked_for()
    {
        Assert.True(Overlapping(Truth) > Truth.Failures.Count / 3);
        var (none, all) = (HardDays.Reporting with { Overlap = 0 }, HardDays.Reporting with { Overlap = 1 });
        Assert.True(Overlapping(HardDays.Of(none).Truth) < Overlapping(HardDays.Of(all).Truth) / 2);
    }

    [Fact]
    public void No_condition_is_disturbed_by_two_at_a_time() => Assert.All(
        Truth.Failures.SelectMany(f => f.Symptoms.Where(s => s.Kind == "logError").Select(s => (f.Id, s)))
            .Concat(Truth.Noise.Where(s => s.Kind == "logError").Select((s, i) => ($"noise {i}", s)))
            .GroupBy(x => (x.s.Resource, x.s.RuleOrOperation)),
        group => Assert.DoesNotContain(group, a => group.Any(b => a.Item1 != b.Item1
            && a.s.Start < b.s.End + 1800 && b.s.Start < a.s.End + 1800)));

    [Fact]
    public void There_is_a_cascade_of_more_than_twenty_minutes() => Assert.All(
        Truth.Failures.Where(f => f.Kind is "backlogCascade" or "keyRegenerated"),
        f => Assert.True(f.Symptoms.Max(s => s.Start) - f.Symptoms.Min(s => s.Start) > 1200, f.Id));

    [Fact]
    public void Resources_that_no_list_knows_take_part()
    {
        var known = Truth.Resources.Select(r => r.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);

        foreach (var kind in new[] { "nodePoolUpgrade", "alertStorm" })
        {
            var symptoms = Truth.Failures.Where(f => f.Kind == kind).SelectMany(f => f.Symptoms);
            Assert.Contains(symptoms, s => !known.Contains(s.Resource));
        }
    }

    [Theory]
    [InlineData("dnsLinkDeleted")]
    [InlineData("roleRemoved")]
    [InlineData("quotaExhausted")]
    [InlineData("alertStorm")]
    public void Kinds_without_topology_have_hardly_an_edge_between_what_fails(string kind)
    {
        var edges = Truth.Topology.SelectMany(e => new[] { (e.From, e.To), (e.To, e.From) }).ToHashSet();

        Assert.All(Truth.Failures.Where(f => f.Kind == kind), f =>
        {
            var resources = f.Symptoms.Select(s => s.Resource).Distinct().ToList();
            var pairs = resources.SelectMany((a, i) => resources.Skip(i + 1).Select(b => (a, b))).ToList();
            Assert.True(pairs.Count(edges.Contains) <= pairs.Count * 0.1, f.Id);
            Assert.DoesNotContain(resources, r => edges.Contains((r, f.RootResource)) && kind != "quotaExhausted");
        });
    }

    [Fact]
    public void Two_customers_have_resources_of_the_same_names()
    {
        HashSet<string> Names(string customer) =>
            [.. Truth.Resources.Where(r => r.Customer == customer).Select(r => r.Id.Split('/', 4)[3])];

        var shared = Names("tailspin");
        shared.IntersectWith(Names("wingtip"));
        Assert.True(shared.Count > 60, $"{shared.Count}");
        Assert.Empty(Names("contoso").Where(n => !n.Contains("privatelink", StringComparison.Ordinal))
            .Where(n => n.Contains("Microsoft.Web/sites", StringComparison.Ordinal)).Intersect(Names("fabrikam")));
    }

    [Fact]
    public void Some_alerts_are_never_resolved_and_some_resolved_messages_come_first()
    {
        var alerts = AlertSignal.Of(Day);

        Assert.InRange(alerts.Count(a => double.IsPositiveInfinity(a.Resolved)) / (double)alerts.Count, 0.02, 0.2);
        Assert.Contains(alerts, a => a.Resolved == a.Fired);
    }

    [Fact]
    public void Activity_logs_come_up_to_twenty_minutes_late_and_clocks_are_wrong()
    {
        var behind = Wire.Records(Day).Where(r => r.Family == "activity" && r.Behind < 1800).Select(r => r.Behind).ToList();

        Assert.InRange(behind.Max(), 1100, 1400);
        Assert.NotEmpty(Truth.Ahead);
    }

    [Fact]
    public void Most_changes_are_harmless()
    {
        var guilty = Truth.Failures.SelectMany(f => f.Changes).Select(c => c.EventDataId).ToHashSet();
        var writes = Wire.Records(Day).Where(r => r.Family == "activity"
            && Operation(r).Contains("WRITE", StringComparison.Ordinal)
            && r.Json.GetProperty("resultType").GetString() == "Success").ToList();

        Assert.True(writes.Count > 4 * 30, $"{writes.Count}");
        Assert.True(writes.Count(r => !guilty.Contains(r.Json.GetProperty("eventDataId").GetString()!)) > writes.Count * 0.8);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0.9, 1.1)]
    [InlineData(10, 8, 10.5)]
    public void Noise_is_as_loud_as_asked_for(double factor, double low, double high)
    {
        var truth = HardDays.Of(HardDays.Reporting with { NoiseFactor = factor }).Truth;

        Assert.InRange(truth.Noise.Count / (double)truth.Failures.Sum(f => f.Symptoms.Count), low, high);
    }

    [Fact]
    public void A_storm_has_as_many_alerts_as_asked_for()
    {
        var storm = HardDays.Of(HardDays.Reporting with
        {
            Kinds = [FailureKind.AlertStorm],
            StormAlerts = 50_000,
            FailuresPerCustomer = 1,
            NoiseFactor = 0,
        }).Truth.Failures;

        Assert.All(storm, f => Assert.Equal(50_000, f.Symptoms.Count));
        Assert.All(storm, f => Assert.True(f.Symptoms.Select(s => s.Resource).Distinct().Count() > 20_000));
        Assert.All(storm, f => Assert.InRange(f.Symptoms.Max(s => s.Start) - f.Symptoms.Min(s => s.Start), 60, 1500));
    }

    [Fact]
    public void A_flapping_tunnel_fires_again_and_again() => Assert.All(
        Truth.Failures.Where(f => f.Kind == "tunnelFlapping"),
        f => Assert.True(f.Symptoms.GroupBy(s => (s.Resource, s.RuleOrOperation)).Max(g => g.Count()) >= 4, f.Id));

    [Theory]
    [InlineData("7-9,alertStorm", 4)]
    [InlineData("tuning,12", 7)]
    [InlineData("reporting", 14)]
    [InlineData("demo", 0)]
    public void Kinds_are_given_by_number_name_and_range(string text, int count) =>
        Assert.Equal(count, EstateOptions.ParseKinds(text).Count);

    [Theory]
    [InlineData("99")]
    [InlineData("nothing")]
    [InlineData("7-x")]
    public void What_is_no_kind_is_refused(string text) =>
        Assert.Throws<ArgumentException>(() => EstateOptions.ParseKinds(text));

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.All(
            [
                HardDays.Reporting with { Overlap = 1.5 }, HardDays.Reporting with { NoiseFactor = -1 },
                HardDays.Reporting with { StormAlerts = 50_001 }, HardDays.Reporting with { FailuresPerCustomer = 0 },
                HardDays.Reporting with { Hours = 24, FailuresPerCustomer = 100 },
            ],
            options => Assert.Throws<ValidationException>(() => AzureEstate.Generate(options)));
    }

    private static string Operation(WireRecord record) =>
        record.Json.GetProperty("operationName").GetString()!.ToUpper(CultureInfo.InvariantCulture);

    private static int Overlapping(Truth truth) => truth.Failures.Count(a => truth.Failures.Any(b =>
        b != a && b.Customer == a.Customer && b.Start < a.End && a.Start < b.End));

    private static string Text(Truth truth) => JsonSerializer.Serialize(truth, BundleWriter.TruthJson);
}
