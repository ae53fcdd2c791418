using Correlation.Incidents;
using Correlation.Problems;
using Correlation.Signals;
using FsCheck.Xunit;
using static Correlation.Tests.Problems.Notices;

namespace Correlation.Tests.Problems;

public sealed class ProblemDecisionsTests
{
    private static readonly TimeSpan Night = TimeSpan.FromDays(1);
    private readonly ProblemsState _state = new();
    private readonly ProblemOptions _options = new();

    [Fact]
    public void One_occurrence_is_no_problem_and_the_second_opens_one_with_both()
    {
        Record(Notice(1, Start));
        Assert.Empty(_state.Problems);

        Record(Notice(2, Start + Night));

        var problem = Assert.Single(_state.Problems.Values);
        Assert.Equal("contoso.p1", problem.Id);
        Assert.Equal(["contoso.1", "contoso.2"], _state.OccurrencesOf(problem.Id).Select(o => o.Incident).Order());
    }

    [Fact]
    public void The_third_joins_the_problem_and_opens_no_other()
    {
        Nights(3);

        Assert.Equal(3, _state.OccurrencesOf(Assert.Single(_state.Problems.Keys)).Count());
    }

    [Fact]
    public void Two_of_a_kind_too_far_apart_are_no_problem()
    {
        Record(Notice(1, Start));
        Record(Notice(2, Start + TimeSpan.FromDays(31)));

        Assert.Empty(_state.Problems);
    }

    [Fact]
    public void The_same_version_again_and_an_older_one_change_nothing()
    {
        var notice = Notice(1, Start);
        Record(notice.Resolved(TimeSpan.FromMinutes(40)));

        Assert.Empty(ProblemDecisions.Record(_state, notice, _options));
        Assert.Empty(ProblemDecisions.Record(_state, notice.Resolved(TimeSpan.FromMinutes(40)), _options));
    }

    [Fact]
    public void A_merged_incident_counts_as_its_survivor_and_a_problem_of_two_parts_of_one_is_withdrawn()
    {
        Record(Notice(1, Start));
        var part = Notice(2, Start.AddMinutes(10));
        Record(part);
        Assert.Single(_state.Problems);

        Record(part.MergedInto(1));

        Assert.Empty(_state.Problems);
        Assert.Equal("contoso.1", _state.SurvivorOf("contoso.2"));
        Assert.Null(_state.Occurrences["contoso.1"].Problem);
    }

    [Fact]
    public void A_merge_that_overtakes_its_survivors_first_notice_moves_the_occurrence()
    {
        Nights(2);
        var part = Notice(3, Start + (2 * Night));
        Record(part);
        Record(part.MergedInto(4));
        Record(Notice(4, Start + (2 * Night)));

        Assert.Equal(["contoso.1", "contoso.2", "contoso.4"], _state.OccurrencesOf("contoso.p1").Select(o => o.Incident).Order());
    }

    [Fact]
    public void A_notice_for_an_incident_that_was_merged_already_changes_nothing()
    {
        Nights(2);
        var part = Notice(3, Start + (2 * Night));
        Record(part);
        Record(part.MergedInto(2));

        Assert.Empty(ProblemDecisions.Record(_state, part with { Version = 99 }, _options));
    }

    [Fact]
    public void A_fix_followed_by_a_recurrence_did_not_hold_and_the_problem_is_open_again()
    {
        Nights(3);
        Fix(Start + (2 * Night) + TimeSpan.FromHours(8));
        Assert.Equal(ProblemState.Fixed, _state.Problems["contoso.p1"].State);

        Record(Notice(4, Start + (3 * Night)));

        var problem = _state.Problems["contoso.p1"];
        Assert.Equal(ProblemState.Open, problem.State);
        Assert.Equal(false, FixWatch.Held(problem, CadenceOf(problem), Start + (40 * Night), _options));
    }

    [Fact]
    public void A_fix_holds_once_the_problem_stayed_away_for_three_of_its_periods()
    {
        Nights(4);
        var fixedAt = Start + (3 * Night) + TimeSpan.FromHours(8);
        Fix(fixedAt);
        var problem = _state.Problems["contoso.p1"];

        Assert.Null(FixWatch.Held(problem, CadenceOf(problem), fixedAt + (2.9 * Night), _options));
        Assert.Equal(true, FixWatch.Held(problem, CadenceOf(problem), fixedAt + (3 * Night), _options));
    }

    [Fact]
    public void A_command_is_done_once_and_a_stale_one_is_refused()
    {
        Nights(2);
        var version = _state.Problems["contoso.p1"].Version;
        var command = new ProblemCommand("c1", "contoso.p1", version, "operator", ProblemState.Investigating, null, null);
        var first = Command(command, Start);
        var again = Command(command, Start);

        Assert.Equal(first, again);
        Assert.Equal(CommandOutcome.Stale, Command(command with { CommandId = "c2" }, Start).Outcome);
        Assert.Equal(CommandOutcome.NotFound, Command(command with { CommandId = "c3", Problem = "contoso.p9" }, Start).Outcome);
    }

    [Theory]
    [InlineData(ProblemState.Fixed)]
    [InlineData(ProblemState.KnownError)]
    public void A_state_that_needs_words_is_refused_without_them(ProblemState state)
    {
        Nights(2);
        var version = _state.Problems["contoso.p1"].Version;

        var answer = Command(new ProblemCommand("c1", "contoso.p1", version, "operator", state, null, null), Start);

        Assert.Equal(CommandOutcome.Refused, answer.Outcome);
    }

    [Fact]
    public void Beyond_its_limit_the_oldest_are_forgotten_but_still_counted()
    {
        _options.OccurrencesMax = 10;
        Nights(25);

        Assert.True(_state.Occurrences.Count <= 10);
        var problem = Assert.Single(_state.Problems.Values);
        Assert.Equal(25, problem.Forgotten.Count + _state.OccurrencesOf(problem.Id).Count());
        Assert.Equal(Start, problem.Forgotten.First);
    }

    [Fact]
    public void At_the_limit_of_problems_none_is_opened_and_that_is_counted()
    {
        _options.ProblemsMax = 1;
        Nights(2);
        Record(Notice(8, Start, "log:other") with { Cause = ResourceId.Parse(Database) });
        Record(Notice(9, Start + Night, "log:other") with { Cause = ResourceId.Parse(Database) });

        Assert.Single(_state.Problems);
        Assert.Equal(1, _state.LimitHits);
    }

    [Fact]
    public void Cost_counts_the_hours_by_severity_and_the_handling_and_no_more_than_a_day()
    {
        var occurrence = Occurrence(Severity.Critical, TimeSpan.FromHours(2));

        Assert.Equal((2 * 4) + 0.25, ProblemCost.Of(occurrence, Start, _options), 6);
        Assert.Equal(24.25, ProblemCost.Of(Occurrence(Severity.Warning, TimeSpan.FromDays(9)), Start, _options), 6);
        Assert.Equal(0.25, ProblemCost.Of(Occurrence(Severity.Error, TimeSpan.FromHours(-1)), Start, _options), 6);
    }

    [Property(MaxTest = 60)]
    public void However_notices_repeat_each_incident_counts_once(int[] order)
    {
        var state = new ProblemsState();
        var notices = Enumerable.Range(0, 6).Select(i => Notice(i, Start + (i * Night))).ToList();
        var all = notices.Concat(notices.Select(n => n.Resolved(TimeSpan.FromMinutes(30)))).ToList();
        foreach (var pick in order.Select(i => all[(int)((uint)i % (uint)all.Count)]).Concat(all).Concat(all))
        {
            foreach (var made in ProblemDecisions.Record(state, pick, _options)) state.Apply(made);
        }

        Assert.Equal(6, state.OccurrencesOf(Assert.Single(state.Problems.Keys)).Count());
        Assert.All(state.Occurrences.Values, occurrence => Assert.NotNull(occurrence.Ended));
    }

    private static Occurrence Occurrence(Severity severity, TimeSpan duration) => new()
    {
        Incident = "contoso.1",
        Fingerprint = new Fingerprint(null, []),
        Severity = severity,
        Started = Start,
        Ended = Start + duration,
    };

    private Cadence CadenceOf(ProblemRecord problem) =>
        Cadence.Find(_state.OccurrencesOf(problem.Id).Select(o => o.Started), TimeZoneInfo.Utc);

    private void Nights(int count)
    {
        for (var i = 0; i < count; i++) Record(Notice(i + 1, Start + (i * Night)).Resolved(TimeSpan.FromMinutes(40)));
    }

    private void Fix(DateTimeOffset at)
    {
        var version = _state.Problems["contoso.p1"].Version;
        Command(new ProblemCommand("fix", "contoso.p1", version, "operator", ProblemState.Fixed, null, "more memory"), at);
    }

    private CommandAnswer Command(ProblemCommand command, DateTimeOffset now)
    {
        var (answer, events) = ProblemDecisions.Command(_state, command, now);
        foreach (var made in events) _state.Apply(made);
        return answer;
    }

    private void Record(IncidentNotice notice)
    {
        foreach (var made in ProblemDecisions.Record(_state, notice, _options)) _state.Apply(made);
    }
}
