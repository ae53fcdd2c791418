using System.Collections.Immutable;
using Correlation.Incidents;

namespace Correlation.Problems;

/// <summary>What follows for a customer's problems from what happened: decisions as events.</summary>
public static class ProblemDecisions
{
    /// <summary>The longest text that a command may carry, in characters.</summary>
    public const int TextMax = 4_096;

    /// <summary>Takes what became of an incident.</summary>
    /// <returns>The events; none where the notice is not newer than what is known, or older than the retention.</returns>
    public static ImmutableArray<ProblemEvent> Record(ProblemsState state, IncidentNotice notice, ProblemOptions options)
    {
        var known = state.Occurrences.GetValueOrDefault(notice.Incident);
        if (known is not null && (known.Version >= notice.Version || known.MergedInto is not null)) return [];
        if (known is null && notice.Started < notice.Now - options.Retention) return [];
        var events = new ProblemEvents(state, notice.Now);
        if (notice.MergedInto is { } survivor)
        {
            Merge(state, notice, state.SurvivorOf(survivor), events);
        }
        else
        {
            Occur(state, notice, options, events);
        }

        Forget(state, notice, options, events);
        return events.Made;
    }

    /// <summary>Carries out a person's command; a command with an id that was done before is answered as then.</summary>
    /// <returns>The answer, and the event where something changes.</returns>
    public static (CommandAnswer Answer, ImmutableArray<ProblemEvent> Events) Command(
        ProblemsState state, ProblemCommand command, DateTimeOffset now)
    {
        var done = state.Commands.Find(earlier => earlier.CommandId == command.CommandId);
        if (done is not null) return (new CommandAnswer(CommandOutcome.Done, done.Id, done.Version, ""), []);
        if (!state.Problems.TryGetValue(command.Problem, out var problem))
        {
            return (new CommandAnswer(CommandOutcome.NotFound, command.Problem, 0, "There is no such problem."), []);
        }

        if (problem.Version != command.Version)
        {
            var text = $"The problem is at version {problem.Version}, the command saw {command.Version}.";
            return (new CommandAnswer(CommandOutcome.Stale, problem.Id, problem.Version, text), []);
        }

        if (RefusalOf(problem, command) is { } refusal)
        {
            return (new CommandAnswer(CommandOutcome.Refused, problem.Id, problem.Version, refusal), []);
        }

        var events = new ProblemEvents(state, now);
        events.Add((number, at) => new ProblemStateSet(number, at, command));
        return (new CommandAnswer(CommandOutcome.Done, problem.Id, problem.Version + 1, ""), events.Made);
    }

    private static string? RefusalOf(ProblemRecord problem, ProblemCommand command)
    {
        if (!Enum.IsDefined(command.State)) return "There is no such state.";
        if (command.CommandId.Length is 0 or > 200 || command.Actor.Length is 0 or > 200)
            return "A command needs an id and an actor of 1 to 200 characters.";
        if (command.KnownError?.Length > TextMax || command.Fix?.Length > TextMax)
            return $"A text may have {TextMax} characters at most.";
        if (command.State == ProblemState.Fixed && string.IsNullOrWhiteSpace(command.Fix))
            return "To set a problem to fixed, say what was done.";
        return command.State == ProblemState.KnownError && string.IsNullOrWhiteSpace(command.KnownError ?? problem.KnownError)
            ? "To set a problem to known error, say what is wrong and how to get by."
            : null;
    }

    private static void Merge(ProblemsState state, IncidentNotice notice, string survivor, ProblemEvents events)
    {
        if (survivor == notice.Incident) return;
        events.Add((number, at) => new OccurrenceMerged(number, at, notice.Incident, notice.Version, survivor));
        var known = state.Occurrences.GetValueOrDefault(notice.Incident);
        var counted = state.Occurrences.ContainsKey(survivor);
        if (known?.Problem is { } problem && counted) WithdrawWhereAlone(state, problem, notice.Incident, events);
    }

    private static void Occur(ProblemsState state, IncidentNotice notice, ProblemOptions options, ProblemEvents events)
    {
        var known = state.Occurrences.GetValueOrDefault(notice.Incident);
        var fingerprint = Fingerprint.Of(notice);
        var problem = ProblemOf(state, known, fingerprint);
        var occurrence = new Occurrence
        {
            Incident = notice.Incident,
            Version = notice.Version,
            Fingerprint = fingerprint,
            Title = notice.Title,
            Severity = notice.Severity,
            Started = notice.Started,
            Ended = notice.Ended,
            Problem = problem?.Id,
        };
        events.Add((number, at) => new OccurrenceRecorded(number, at, occurrence));
        if (known?.Problem is { } former && former != problem?.Id) WithdrawWhereAlone(state, former, notice.Incident, events);
        if (problem is null)
        {
            OpenWhereSecond(state, occurrence, options, events);
        }
        else if (CameBack(problem, known, occurrence))
        {
            events.Add((number, at) => new ProblemCameBack(number, at, problem.Id, occurrence.Incident));
        }
    }

    /// <summary>The problem that a fingerprint belongs to: the one it had while still alike, else the most alike.</summary>
    private static ProblemRecord? ProblemOf(ProblemsState state, Occurrence? known, Fingerprint fingerprint)
    {
        if (known?.Problem is { } had && state.Problems.TryGetValue(had, out var current)
            && current.Fingerprint.LikenessTo(fingerprint).Same) return current;
        return state.Problems.Values
            .Select(problem => (Problem: problem, Likeness: problem.Fingerprint.LikenessTo(fingerprint)))
            .Where(candidate => candidate.Likeness.Same)
            .OrderByDescending(candidate => candidate.Likeness.Score)
            .ThenBy(candidate => candidate.Problem.Opened)
            .ThenBy(candidate => candidate.Problem.Id, StringComparer.Ordinal)
            .Select(candidate => candidate.Problem)
            .FirstOrDefault();
    }

    private static void OpenWhereSecond(ProblemsState state, Occurrence occurrence, ProblemOptions options, ProblemEvents events)
    {
        var alike = state.Occurrences.Values
            .Where(other => other.Problem is null && other.MergedInto is null && other.Incident != occurrence.Incident)
            .Where(other => (other.Started - occurrence.Started).Duration() <= options.RecurrenceWindow)
            .Where(other => other.Fingerprint.LikenessTo(occurrence.Fingerprint).Same)
            .Append(occurrence)
            .OrderBy(other => other.Started)
            .ThenBy(other => other.Incident, StringComparer.Ordinal)
            .ToList();
        if (alike.Count < 2) return;
        if (state.Problems.Count >= options.ProblemsMax)
        {
            events.Add((number, at) => new ProblemLimitHit(number, at));
            return;
        }

        var customer = occurrence.Incident[..occurrence.Incident.LastIndexOf('.')];
        events.Add((number, at) => new ProblemOpened(
            number,
            at,
            new ProblemRecord
            {
                Id = $"{customer}.p{state.Opened + 1}",
                Fingerprint = alike[0].Fingerprint,
                Title = alike[^1].Title,
                Opened = at,
            },
            [.. alike.Select(other => other.Incident)]));
    }

    private static bool CameBack(ProblemRecord problem, Occurrence? known, Occurrence occurrence)
    {
        if (problem.FixedAt is not { } fixedAt || problem.CameBack) return false;
        var isNew = known?.Problem != problem.Id && occurrence.Started > fixedAt;
        var reopened = known is { Ended: not null } && occurrence.Ended is null;
        return isNew || reopened;
    }

    private static void WithdrawWhereAlone(ProblemsState state, string problem, string leaving, ProblemEvents events)
    {
        if (!state.Problems.TryGetValue(problem, out var record) || record.Touched || record.Forgotten.Count > 0) return;
        if (state.OccurrencesOf(problem).Count(occurrence => occurrence.Incident != leaving) >= 2) return;
        events.Add((number, at) => new ProblemWithdrawn(number, at, problem));
    }

    private static void Forget(ProblemsState state, IncidentNotice notice, ProblemOptions options, ProblemEvents events)
    {
        var horizon = notice.Now - options.Retention;
        var surplus = Math.Max(0, state.Occurrences.Count + 1 - options.OccurrencesMax);
        if (surplus == 0 && !state.Occurrences.Values.Any(occurrence => occurrence.Started < horizon)) return;
        var old = state.Occurrences.Values
            .Where(occurrence => occurrence.Incident != notice.Incident && occurrence.Incident != notice.MergedInto)
            .Where(occurrence => occurrence.Ended is not null || occurrence.MergedInto is not null)
            .OrderBy(occurrence => occurrence.Started)
            .ThenBy(occurrence => occurrence.Incident, StringComparer.Ordinal)
            .TakeWhile((occurrence, index) => index < surplus || occurrence.Started < horizon)
            .Select(o => new ForgottenOccurrence(o.Incident, ProblemCost.Of(o, notice.Now, options)))
            .ToImmutableArray();
        if (old.Length > 0) events.Add((number, at) => new OccurrencesForgotten(number, at, old));
    }
}
