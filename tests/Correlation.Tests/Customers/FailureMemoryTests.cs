using Correlation.Customers;
using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Learning;
using Correlation.Resources;
using Correlation.Signals;
using FsCheck.Xunit;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Customers;

/// <summary>What a customer remembers of incidents that are sealed, and how later ones are judged by it.</summary>
public sealed class FailureMemoryTests
{
    private const double DayLong = 24 * 60;

    private static readonly DependencyEdge[] Edges = [new(Vm("app"), Database("d1")), new(Vm("web"), Vm("app"))];

    [Fact]
    public void A_sealed_incident_is_remembered_with_its_likeliest_cause_where_that_is_sure()
    {
        var world = new World(Edges).Report([.. Failure(0)]).Advance(DayLong);
        var incident = Assert.Single(world.Real);
        var failure = Assert.Single(world.State.Failures);

        Assert.Equal((incident.Id, At(20)), (failure.Incident, failure.Over));
        Assert.Equal([Database("d1"), Vm("app")], failure.Clues.Select(clue => failure.Resources[clue.Resource]).Order());
        Assert.InRange(incident.Causes[0].Score, new FailureSettings().SureFrom, 1);
        Assert.Equal((incident.Causes[0].Resource.Canonical, incident.Causes[0].Score), (failure.Cause, failure.Sure));
    }

    [Fact]
    public void A_cause_that_is_not_sure_is_not_remembered_but_the_failure_is()
    {
        var world = new World().Report(
            Alert(Vm("a"), 0, 10).With(keys: ["k"]), Alert(Vm("b"), 0, 10).With(keys: ["k"])).Advance(DayLong);

        Assert.Equal(2, Assert.Single(world.Real).Members.Count);
        Assert.Equal((null, 0), (Assert.Single(world.State.Failures).Cause, Assert.Single(world.State.Failures).Sure));
    }

    [Fact]
    public void A_cause_that_is_the_only_one_it_could_be_is_not_sure()
    {
        var world = new World().Report(Alert(Vm("a"), 0, 10)).Advance(DayLong);

        Assert.Equal(1, Assert.Single(world.Real[0].Causes).Score);
        Assert.Null(Assert.Single(world.State.Failures).Cause);
    }

    [Fact]
    public void What_may_be_missing_symptoms_and_what_is_in_no_incident_is_not_remembered()
    {
        var world = new World(Edges);
        world.Report([.. Failure(0).Select(one => one with { Degraded = true })])
            .Report(Alert(Vm("alone"), 300, 310, Severity.Informational)).Advance(DayLong);

        Assert.Single(world.Real);
        Assert.Empty(world.State.Failures);
    }

    [Fact]
    public void A_later_incident_is_judged_by_those_that_were_over_before_it_and_not_by_itself()
    {
        var world = new World(Edges);
        world.Report([.. Failure(0)]).Advance(DayLong);
        Assert.DoesNotContain("usual", Reasons(world.Real[0]), StringComparison.Ordinal);

        world.Report([.. Failure(DayLong)]).Advance(2 * DayLong);

        Assert.Equal(2, world.State.Failures.Length);
        Assert.Equal([At(DayLong + 20), At(20)], world.State.Failures.Select(failure => failure.Over));
        Assert.Contains("was the cause before", Reasons(world.Real[1]), StringComparison.Ordinal);
    }

    /// <summary>One that may yet be linked with a symptom whose time-out has just come is sealed later than its end says. What
    /// came after it was sealed before it then, judged without it: its cause depended on who was read first.</summary>
    [Fact]
    public void A_later_incident_is_sealed_no_sooner_than_one_that_was_over_before_it()
    {
        var log = Symptom(Vm("app"), ConditionKind.LogError, "log:x", 0) with { ExpectedEnd = At(15) };
        var (early, late) = (Alert(Vm("app"), 100, 110), Alert(Vm("b", "other"), 300, 310, rule: "memory"));
        var world = new World(Edges).Take(Of(1, log, 595)).Report(early, late).Advance(600);
        Assert.False(world.State.Symptoms[early.Id].Sealed);
        Assert.False(world.State.Symptoms[late.Id].Sealed);

        world.Take(Of(2, log with { End = At(15), EndReason = EndReason.TimedOut }, null)).Advance(700);
        Assert.Equal([early.Id, late.Id], world.State.Failures.Reverse().Select(failure => failure.FirstSymptom));

        static ConditionReport Of(long sequence, Symptom symptom, double? deadline) => new(
            symptom.Resource, 1, symptom.Condition, sequence, [symptom], deadline is { } minutes ? At(minutes) : null, default);
    }

    [Fact]
    public void A_later_incident_waits_three_days_for_a_resource_that_does_not_say_whether_one_before_it_is_over()
    {
        var (early, late) = (Alert(Vm("app"), 0), Alert(Vm("b", "other"), 300, 310, rule: "memory"));
        var due = new ConditionReport(early.Resource, 1, early.Condition, 1, [early], At(25), default);
        var world = new World(Edges).Take(due).Report(late).Advance(600);
        Assert.False(world.State.Symptoms[late.Id].Sealed);

        world.Advance(3 * DayLong);
        Assert.False(world.State.Symptoms[late.Id].Sealed);
        world.Advance((3 * DayLong) + 90);
        Assert.True(world.State.Symptoms[late.Id].Sealed);
    }

    [Fact]
    public void An_operators_word_goes_first_everywhere_and_is_audited()
    {
        var world = new World(Edges).Report([.. Failure(0)]).Advance(5);
        var ranked = world.Engine.Causes(world.State, world.All[0]);

        Assert.Equal(CommandOutcome.Done, world.Command(world.All[0], IncidentVerb.Cause, Vm("web").ToUpperInvariant()).Outcome);

        var incident = world.All[0];
        var causes = world.Engine.Causes(world.State, incident);
        Assert.Equal((Vm("web"), 1.0, "ada said that it was the cause"),
            (causes[0].Resource.Canonical, causes[0].Score, causes[0].Reasons[0]));
        Assert.Equal(ranked.Select(cause => cause.Score), causes.Skip(1).Select(cause => cause.Score));
        Assert.Equal(causes[0].Resource, world.Engine.Notice(world.State, incident.Id)!.Cause);
        Assert.Equal(causes[0].Resource, world.Engine.Explain(world.State, incident).Causes[0].Resource);
        var entry = incident.Timeline.Last(entry => entry.Kind == "command");
        Assert.Equal(("ada", true), (entry.Actor, entry.Text.StartsWith("the cause was ", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_said_after_sealing_changes_no_sealed_cause_but_what_is_remembered()
    {
        var world = new World(Edges).Report([.. Failure(0)]).Advance(DayLong);
        var ranked = world.Real[0].Causes;

        world.Command(world.Real[0], IncidentVerb.Cause, Vm("app"));

        Assert.Equal(ranked, world.Real[0].Causes);
        Assert.Equal(Vm("app"), Assert.Single(Assert.Single(world.State.Failures).Told).Resource.Canonical);
        var evidence = world.State.Failures[0].Evidence();
        Assert.Equal(new KnownCause(Vm("app"), 1), evidence.CauseAt(At(DayLong)));
        Assert.Equal(new KnownCause(ranked[0].Resource.Canonical, ranked[0].Score), evidence.CauseAt(At(DayLong - 1)));
    }

    [Theory]
    [InlineData(null, "it names no resource")]
    [InlineData("  ", "it names no resource")]
    [InlineData("no such name", "it is neither an ARM id nor the name of a resource of this customer")]
    [InlineData("a\u0001b", "what it names is no resource's id")]
    public void A_word_that_names_nothing_is_refused(string? argument, string why)
    {
        var world = new World().Report(Alert(Vm("a"), 0));

        var answer = world.Command(world.All[0], IncidentVerb.Cause, argument);

        Assert.Equal((CommandOutcome.Refused, why), (answer.Outcome, answer.Text));
        Assert.Empty(world.All[0].Told);
    }

    [Fact]
    public void The_newest_words_are_kept_and_a_merged_incidents_go_to_the_survivor()
    {
        var world = new World().Report(Alert(Vm("a"), 0), Alert(Vm("b", "other", "s2"), 300));
        Assert.Equal(2, world.Open.Count);
        world.Command(world.Open[1], IncidentVerb.Cause, Vm("b", "other", "s2"));

        world.Command(world.Open[0], IncidentVerb.Merge, world.Open[1].Id);
        Assert.Equal([Vm("b", "other", "s2")], world.Open[0].Told.Select(told => told.Resource.Canonical));

        for (var i = 0; i < 10; i++) world.Command(world.Open[0], IncidentVerb.Cause, Vm($"v{i}"));
        Assert.Equal(
            Enumerable.Range(2, CustomerLimits.ToldCauses).Select(i => Vm($"v{i}")),
            world.Open[0].Told.Select(told => told.Resource.Canonical));
    }

    /// <summary>The same failures, an operator naming what hid behind each: after that it ranks first.</summary>
    [Fact]
    public void Operators_words_teach_what_the_cause_is()
    {
        var (taught, left) = (Days(said: true), Days(said: false));

        Assert.True(ScoreOf(taught, Vm("app")) > ScoreOf(left, Vm("app")) + 0.05,
            $"{ScoreOf(taught, Vm("app"))} with words, {ScoreOf(left, Vm("app"))} without");

        static World Days(bool said)
        {
            var world = new World();
            for (var day = 0; day < 12; day++)
            {
                world.Report(Twin("app", day), Twin("web", day)).Advance((day + 1) * DayLong);
                if (said) world.Command(world.Real[^1], IncidentVerb.Cause, Vm("app"));
            }

            return world.Report(Twin("app", 12), Twin("web", 12)).Advance(13 * DayLong);
        }

        static Symptom Twin(string name, int day) =>
            Alert(Vm(name), day * DayLong, (day * DayLong) + 10).With(keys: [$"k{day}"]);

        static double ScoreOf(World world, string resource) =>
            world.Real[^1].Causes.First(cause => cause.Resource.Canonical == resource).Score;
    }

    [Fact]
    public void The_newest_failures_stay_whatever_order_they_come_in_and_texts_are_kept_once()
    {
        var failures = Enumerable.Range(0, CustomerLimits.Failures + 20)
            .Select(i => RememberedFailure.Of(
                $"acme.{i}", FailureEvidence.Of([.. Failure(i * DayLong)], new TopologyHistory([new(1, default, new(Edges))]))))
            .ToList();
        var random = new Random(7);
        var (one, other) = (new CustomerState(), new CustomerState());
        foreach (var failure in failures) Fold(one, failure);
        foreach (var failure in failures.OrderBy(_ => random.Next())) Fold(other, failure);

        Assert.Equal(CustomerLimits.Failures, one.Failures.Length);
        Assert.Equal("acme.219", one.Failures[0].Incident);
        Assert.Equal(one.Failures.Select(failure => failure.Incident), other.Failures.Select(failure => failure.Incident));
        Assert.Same(one.Failures[0].Resources[0], one.Failures[199].Resources[0]);
        var serializer = new ServiceCollection().AddSerializer(builder => builder.AddAssembly(typeof(CustomerState).Assembly))
            .BuildServiceProvider().GetRequiredService<Serializer>();
        Assert.InRange(serializer.SerializeToArray(one).Length / CustomerLimits.Failures, 1, 250);

        static void Fold(CustomerState state, RememberedFailure failure) => CustomerFold.Apply(
            state, new CustomerSealed(state.Revision + 1, default, default, [], [], [], [], [], false) { Failures = [failure] });
    }

    /// <summary>Failures far enough apart to be learnt from; sealed as time passes, in any steps and over restarts, or all at the
    /// end. What is learned of starts is a version from a time on, so that it would differ.</summary>
    [Property(MaxTest = 25)]
    public void Sealed_causes_do_not_depend_on_when_they_were_sealed(int seed)
    {
        var random = new Random(seed);
        var symptoms = Enumerable.Range(0, 25).SelectMany(_ => Random(random)).DistinctBy(symptom => symptom.Id).ToList();
        var end = 80 * 60.0;
        var whole = new World(Edges) { Options = { LearnStarts = 10_000 } }.Report([.. symptoms]).Advance(end);

        var world = new World(Edges) { Options = { LearnStarts = 10_000 } };
        foreach (var symptom in symptoms.OrderBy(symptom => symptom.Start).ThenBy(symptom => symptom.Id, StringComparer.Ordinal))
        {
            world.Report(symptom with { End = null });
            if (random.Next(2) == 0) world.Advance((symptom.Start - Day).TotalMinutes);
            world.Report(symptom);
            if (random.Next(10) == 0) world.Restart();
        }

        world.Advance(end);
        Assert.Equal(Judged(whole), Judged(world));
        Assert.Equal(Remembered(whole), Remembered(world));
    }

    /// <summary>What an operator split off is linked with what he left, and both are sealed together: whoever is sealed before
    /// them does not know them, and whoever is sealed with them must not either.</summary>
    [Fact]
    public void A_failure_is_over_when_all_is_that_it_is_sealed_with()
    {
        var (late, early) = (Play(stepwise: false), Play(stepwise: true));

        Assert.Equal(At(400), Assert.Single(late.State.Failures, failure => failure.Resources.Contains(Vm("a"))
            && failure.Clues.Any(clue => clue.Key == "alert:cpu")).Over);
        Assert.Equal(3, late.Real.Count);
        Assert.Equal(Reasons(late.Real[2]), Reasons(early.Real[2]));

        static World Play(bool stepwise)
        {
            var (first, lasting) = (Alert(Vm("a"), 0, 20), Alert(Vm("a"), 1, rule: "disk"));
            var world = new World().Report(first, lasting);
            world.Command(world.All[0], IncidentVerb.Split, null, lasting);
            world.Report(
                Alert(Vm("b", "o", "s2"), 300, 310).With(keys: ["k"]), Alert(Vm("c", "o", "s2"), 300, 310).With(keys: ["k"]));
            if (stepwise) for (var at = 310; at < 440; at += 10) world.Advance(at);
            return world.Report(lasting with { End = At(400), EndReason = EndReason.Resolved }).Advance(2 * DayLong);
        }
    }

    private static IEnumerable<Symptom> Failure(double at) =>
        [Alert(Database("d1"), at, at + 20, Severity.Critical), Alert(Vm("app"), at + 10, at + 20)];

    private static IEnumerable<Symptom> Random(Random random)
    {
        var at = random.Next(0, 60 * 60);
        string[] resources = [Database("d1"), Vm("app"), Vm("web"), Vm("other")];
        return resources.Where(_ => random.Next(2) == 0).Select(resource =>
            Alert(resource, at + random.Next(5), at + 10 + random.Next(60), rule: $"r{random.Next(3)}"));
    }

    private static string Reasons(Incident incident) => string.Join('\n', incident.Causes.SelectMany(cause => cause.Reasons));

    private static List<string> Judged(World world) =>
    [
        .. world.Real.Select(incident => string.Join(' ', incident.Members.Order(StringComparer.Ordinal)) + " "
            + string.Join(' ', incident.Causes.Select(cause => FormattableString.Invariant($"{cause.Resource}={cause.Score}"))))
            .Order(StringComparer.Ordinal),
    ];

    private static List<string> Remembered(World world) =>
    [
        .. world.State.Failures.Select(failure => FormattableString.Invariant(
            $"{failure.FirstSymptom} {failure.Over:O} {failure.Cause} {failure.Sure} ")
            + string.Join(' ', failure.Clues.Select(clue => $"{failure.Resources[clue.Resource]} {clue.Key} {clue.Early}"))),
    ];
}
