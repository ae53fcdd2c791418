using System.Text.Json;
using Correlation.Customers;
using Correlation.Grouping;
using Correlation.Resources;
using Correlation.Signals;
using FsCheck.Xunit;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Customers;

/// <summary>A grouping in shadow decides, is recorded beside the live one, and acts on nothing.</summary>
public sealed class ShadowGroupingTests
{
    private static readonly DependencyEdge[] Edges = [new(Vm("app"), Database("orders")), new(Vm("v1"), Vm("v2"))];

    [Theory]
    [InlineData("1", "1.9", Severity.Error, Severity.Error, "Split ")]
    [InlineData("1.9", "1", Severity.Error, Severity.Error, "Merged acme.i2; Merged acme.i1")]
    [InlineData("1", "1.9", Severity.Warning, Severity.Warning, "Lost ")]
    [InlineData("1.9", "1", Severity.Warning, Severity.Warning, "Gained ")]
    [InlineData("1", "1.9", Severity.Error, Severity.Warning, "Changed ")]
    [InlineData("1", "1.1", Severity.Error, Severity.Error, "")]
    public void What_would_be_otherwise_is_recorded_once_it_is_sealed(
        string live, string shadow, Severity one, Severity other, string outcomes)
    {
        var world = Tried(live, new GroupingSetting("threshold", shadow)).Report(
            Alert(Database("orders"), 0, 20, one, "failover"), Alert(Vm("app"), 4, 25, other, "http5xx"));
        var now = world.Engine.InShadow(world.State);
        Assert.Null(world.State.Shadow);
        world.Advance(30).Advance(1_000);

        var record = world.State.Shadow!;
        Assert.Equal(outcomes, Text(record.Verdicts));
        Assert.Equal(outcomes, Text(now));
        Assert.Equal([new ShadowSetting("Threshold", live, shadow)], record.Settings);
        Assert.Equal(world.Real.Count, record.Totals.Incidents);
        Assert.Equal(
            record.Totals.Incidents,
            record.Totals.Same + record.Totals.Changed + record.Totals.Merged + record.Totals.Split + record.Totals.Lost);
        Assert.Empty(world.Engine.InShadow(world.State));
        Assert.Empty(record.Waiting);
    }

    [Fact]
    public void A_verdict_names_the_members_the_times_and_the_version()
    {
        var hostile = new string('<', 1_000);
        var world = Tried("1.9", new GroupingSetting("threshold", "1"))
            .Report(Alert(Database("orders"), 0, 20, rule: "failover") with { Title = hostile, SignalCount = 7 })
            .Report(Alert(Vm("app"), 4, 25, rule: "http5xx")).Advance(30).Advance(1_000);

        var verdict = world.State.Shadow!.Verdicts.Single(one => one.Incident == "acme.i1");
        Assert.Equal((At(0), At(20), 1, 1), (verdict.Started, verdict.Ended, verdict.Symptoms, verdict.Configuration));
        var part = Assert.Single(verdict.Shadow);
        Assert.Equal((At(0), At(25), 2, 8L), (part.Started, part.Ended, part.Symptoms, part.Signals));
        Assert.Equal(["acme.i1", "acme.i2"], part.Members.Select(member => member.Incident));
        Assert.Equal(hostile[..ShadowVerdict.TitleLength], part.Members[0].Title);
        var totals = world.State.Shadow.Totals;
        Assert.Equal((2, 1, 8, 8), (totals.Incidents, totals.IncidentsInShadow, totals.Signals, totals.SignalsInShadow));
    }

    [Fact]
    public void What_is_sealed_waits_for_what_the_shadow_has_it_together_with_also_through_a_restart()
    {
        Symptom[] symptoms = [Alert(Database("orders"), 0, 20, rule: "failover"), Alert(Vm("app"), 4, rule: "http5xx")];
        var world = Tried("1.9", new GroupingSetting("threshold", "1"));
        world.Grouping.EndApart = 0;
        world.Try(Setup(world, [new("threshold", "1")])).Report(symptoms[0]).Report(symptoms[1]).Advance(30).Advance(200);
        Assert.True(world.State.Incidents["acme.i1"].Sealed);
        Assert.Equal([symptoms[0].Id], world.State.Shadow!.Waiting);
        Assert.Equal(0, world.State.Shadow.Totals.Incidents);
        Assert.Equal("Merged acme.i1; Merged acme.i2", Text(world.Restart().Engine.InShadow(world.State)));

        world.Report(symptoms[1] with { End = At(220), EndReason = EndReason.Resolved }).Advance(250).Restart().Advance(1_000);
        Assert.Equal("Merged acme.i1; Merged acme.i2", Text(world.State.Shadow.Verdicts));
        Assert.Empty(world.State.Shadow.Waiting);
    }

    [Fact]
    public void Other_settings_begin_another_record_and_what_began_before_them_is_not_compared()
    {
        var world = Tried("1.9", new GroupingSetting("threshold", "1"));
        Fail(world, 0).Advance(1_000);
        Assert.Equal(2, world.State.Shadow!.Totals.Merged);

        var next = Setup(world, [new("threshold", "1.05")]);
        Fail(world.Try(next with { From = At(1_200) }), 1_100).Advance(2_000);
        Assert.Equal(("1.05", 0L), (world.State.Shadow.Settings[0].Shadow, world.State.Shadow.Totals.Incidents));
        Fail(world, 2_100).Advance(3_000);
        Assert.Equal(2, world.State.Shadow.Totals.Merged);
        Assert.Equal(2, world.State.Shadow.Verdicts.Length);
    }

    [Fact]
    public void Of_many_verdicts_the_newest_are_kept_and_all_are_counted()
    {
        var world = Tried("1.9", new GroupingSetting("threshold", "1"));
        world.Options.LearnStarts = 10_000;
        const int Failures = (CustomerLimits.ShadowVerdicts / 2) + 10;
        for (var i = 0; i < Failures; i++) Fail(world, i * 2_000).Advance((i * 2_000) + 1_000);

        Assert.Equal(2 * Failures, world.State.Shadow!.Totals.Merged);
        Assert.Equal(CustomerLimits.ShadowVerdicts, world.State.Shadow.Verdicts.Length);
        Assert.Equal(At(((Failures - 1) * 2_000) + 4), world.State.Shadow.Verdicts[0].Started);
    }

    [Fact]
    public void Where_too_many_would_wait_all_are_judged_as_they_are()
    {
        var world = Tried("1", new GroupingSetting("causeKey", "1"));
        (world.Grouping.CauseKey, world.Grouping.Surge, world.Grouping.EndTogether) = (0, 0, 0);
        world.Options.LiveSymptoms = 5_000;
        world.Try(Setup(world, [new("causeKey", "1")]));
        var many = Enumerable.Range(0, CustomerLimits.ShadowWaiting + 1).Select(i => Alert(
            Vm($"v{i}", $"g{i}"), i * 0.01, 30, rule: $"r{i}"));
        Symptom[] all = [.. many, Alert(Vm("open"), 10, rule: "other")];
        world.Report([.. all.Select(symptom => symptom with { CauseKeys = ["key"] })]).Advance(40).Advance(300);

        Assert.Empty(world.State.Shadow!.Waiting);
        Assert.Equal(CustomerLimits.ShadowWaiting + 1, world.State.Shadow.Totals.Early);
        Assert.Equal(CustomerLimits.ShadowVerdicts, world.State.Shadow.Verdicts.Length);
        Assert.All(world.State.Shadow.Verdicts, one => Assert.InRange(one.With.Length, 1, ShadowVerdict.MostIncidents));
        Assert.All(world.State.Shadow.Verdicts, one => Assert.Equal(ShadowVerdict.MostMembers, one.Shadow[0].Members.Length));
    }

    [Property(MaxTest = 20)]
    public void It_acts_on_nothing_and_is_the_same_after_any_restart(int seed)
    {
        var without = StoredFormTests.Live(seed, New());
        var with = StoredFormTests.Live(seed, Tried("1", new GroupingSetting("threshold", "0.7")));
        var restarted = StoredFormTests.Live(
            seed, Tried("1", new GroupingSetting("threshold", "0.7")), world => world.Try(world.Setup.Shadow));

        Assert.Equal(Json(without.Journal), Json(with.Journal.Select(Apart)));
        Assert.Equal(Json([without.State]), Json([Apart(with.State)]));
        Assert.Equal(Json([without.Engine.InShadow(without.State)]), Json([Array.Empty<ShadowVerdict>()]));
        Assert.Equal(
            Json(with.Journal.OfType<CustomerSealed>().Select(one => one.Shadow)),
            Json(restarted.Journal.OfType<CustomerSealed>().Select(one => one.Shadow)));
    }

    [Property(MaxTest = 20)]
    public void By_the_same_settings_all_is_the_same(int seed)
    {
        var world = StoredFormTests.Live(seed, Tried("1")).Advance(10_000);

        Assert.Empty(world.Engine.InShadow(world.State));
        if (world.State.Shadow is not { } record) return;
        Assert.Empty(record.Verdicts);
        Assert.Empty(record.Waiting);
        Assert.Equal((record.Totals.Incidents, record.Totals.Incidents), (record.Totals.Same, record.Totals.IncidentsInShadow));
    }

    private static World New() => new(Edges);

    private static World Tried(string threshold, params GroupingSetting[] settings)
    {
        var world = New();
        world.Grouping.Threshold = double.Parse(threshold, System.Globalization.CultureInfo.InvariantCulture);
        return world.Try(Setup(world, settings));
    }

    private static ShadowSetup Setup(World world, GroupingSetting[] settings)
    {
        var own = GroupingSetting.Over(world.Grouping, [.. settings]);
        var topology = new TopologyHistory([new TopologyVersion(1, default, new Topology(Edges)) { Grouping = own }]);
        return new ShadowSetup(topology, ShadowSetup.Differences(world.Grouping, own), default);
    }

    private static World Fail(World world, double at) => world.Report(
        Alert(Database("orders"), at, at + 20, rule: "failover"), Alert(Vm("app"), at + 4, at + 25, rule: "http5xx"));

    private static string Text(IEnumerable<ShadowVerdict> verdicts) =>
        string.Join("; ", verdicts.Select(one => $"{one.Outcome} {string.Join(',', one.With)}"));

    private static CustomerEvent Apart(CustomerEvent decided) =>
        decided is CustomerSealed seal ? seal with { Shadow = null } : decided;

    private static CustomerState Apart(CustomerState state)
    {
        var other = state.Fork();
        other.Shadow = null;
        return other;
    }

    private static string Json(IEnumerable<object?> all) =>
        string.Join("\n", all.Select(one => one is null ? "" : JsonSerializer.Serialize(one, one.GetType())));
}
