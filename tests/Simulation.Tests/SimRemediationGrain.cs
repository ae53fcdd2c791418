using Correlation.Incidents;
using Correlation.Remediation;
using Correlation.Signals;

namespace Correlation.Simulation.Tests;

/// <summary>One activation of a customer's safety kernel: recorded before it is sent, never sent again where it
/// may not be.</summary>
internal sealed class SimRemediationGrain(SimSilo silo) : SimJournaled<RemediationState, RemediationEvent>(silo, Journal)
{
    public const string Journal = "contoso/remediation";

    private static readonly RemediationOptions Options = new();

    private readonly HashSet<string> _awaited = [];

    /// <summary>The action that is due for every resource of every incident, whatever its cause and however short.</summary>
    public const string Report = "report";

    /// <summary>Rules that act by themselves: one action may be repeated, the others must not be.</summary>
    public static RemediationRules Rules { get; } = new(1, DateTimeOffset.MinValue, ["receiver"],
    [
        Rule("restart", repeatable: false, RuleTarget.Cause, "alert:*"),
        Rule("collect", repeatable: true, RuleTarget.Members, "log:*"),
        Rule(Report, repeatable: false, RuleTarget.Members, "*") with { Outlives = true },
    ]);

    private static RemediationContext Context => new(Rules, Options, Surroundings.None);

    public Task<bool> ConsiderAsync(IncidentNotice notice) => TurnAsync(async () =>
    {
        if (notice.MergedInto is not null && World.Mutant == SimMutant.MergeForgetsRuns) return true;
        await DecideAsync(state => RunProposals.Consider(state, notice, Context));
        await SendDueAsync(Later(notice.Now));
        return true;
    });

    public Task<bool> AdvanceAsync(DateTimeOffset now) => TurnAsync(async () =>
    {
        while (await DecideAsync(state => RunSends.Interrupted(state, _awaited, Options, Later(now))))
        {
            // Each turn ends one lost attempt.
        }

        await DecideAsync(state => RunSends.Verify(state, Later(now)));
        await SendDueAsync(Later(now));
        return true;
    });

    protected override void Apply(RemediationState state, RemediationEvent stored) => state.Apply(stored);

    private static RemediationRule Rule(string name, bool repeatable, RuleTarget target, string condition) => new()
    {
        Name = name,
        Match = new RuleMatch { Severity = Severity.Error, Condition = condition },
        Action = new RuleAction { Name = name, Host = "receiver", Repeatable = repeatable, MaxPerDay = 100 },
        Mode = RuleMode.Auto,
        Target = target,
    };

    private DateTimeOffset Later(DateTimeOffset now) => now > State.Now ? now : State.Now;

    private async Task SendDueAsync(DateTimeOffset now)
    {
        foreach (var due in RunSends.Due(State, now))
        {
            if (!await DecideAsync(state => RunSends.Start(state, due.Id, Context, now))) continue;
            if (State.Runs[due.Id] is not { Awaiting: true } run || !_awaited.Add(run.Id)) continue;
            _ = SendAsync(run);
        }
    }

    private async Task SendAsync(Run run)
    {
        ActionAnswer answer;
        try
        {
            await World.Network.CallAsync(Silo.Process, World.Outside, () => World.Receiver.TakeAsync(run));
            answer = new ActionAnswer(AnswerKind.Done, "done");
        }
        catch (UnknownOutcomeException)
        {
            answer = new ActionAnswer(AnswerKind.Unknown, "no answer");
        }

        await TurnAsync(() => DecideAsync(state => RunSends.End(state, (run.Id, run.Attempts), answer, Options, State.Now)));
        _awaited.Remove(run.Id);
    }
}
