using System.Collections.Immutable;
using System.Globalization;
using Correlation.Contracts;
using Correlation.Grains.Journals;
using Correlation.Incidents;
using Correlation.Remediation;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Correlation.Grains.Remediation;

/// <summary>The safety kernel of one customer: journals a call before it is made, and what came of it after.</summary>
/// <remarks>
/// Nobody waits for a receiver: a call goes on beside the grain's turns and its answer is journaled when it comes. A call whose
/// process ended is found by the next activation as awaited by nobody, and its outcome is then unknown.
/// </remarks>
internal sealed partial class RemediationGrain(
    IRuleSource rules,
    IRunSurroundings surroundings,
    IActionSender sender,
    IOptions<RemediationOptions> options,
    RemediationInstruments instruments,
    ILogger<RemediationGrain> log)
    : StoredJournalGrain<RemediationState, RemediationEvent>, IRemediationGrain
{
    private readonly Dictionary<string, Task> _awaited = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private DateTimeOffset _now;

    /// <inheritdoc/>
    protected override string JournalKind => "remediation";

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        await rules.Ready.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task Consider(IncidentNotice notice)
    {
        var current = rules.At(notice.Now);
        var isAsked = current.Rules.Any(rule => rule.Outlives || notice.Ended is null)
            && notice.MergedInto is null && !IsKnown(notice);
        var known = isAsked
            ? await surroundings.OfAsync(notice, current.Rules.Any(rule => rule.Match.Recurring is not null))
            : Surroundings.None;
        var context = new RemediationContext(current, options.Value, known);
        await ChangeAsync(state => RunProposals.Consider(state, notice, context));
        await SendDueAsync(Later(notice.Now));
    }

    /// <inheritdoc/>
    public async Task Advance(DateTimeOffset now)
    {
        now = Later(now);
        var awaited = _awaited.Keys.ToHashSet();
        while (await ChangeAsync(state => RunSends.Interrupted(state, awaited, options.Value, now)))
        {
            // Each turn ends one lost attempt.
        }

        await ChangeAsync(state => RunSends.Verify(state, now));
        await SendDueAsync(now);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<RunView>> Runs() => Task.FromResult(State.Runs.Values
        .OrderByDescending(run => run.Created)
        .ThenByDescending(run => run.Id.Length).ThenByDescending(run => run.Id, StringComparer.Ordinal)
        .Select(RunViews.Of)
        .ToImmutableArray());

    /// <inheritdoc/>
    public async Task<CommandAnswer> Decide(RunDecision decision)
    {
        var known = decision.Approve && State.Runs.TryGetValue(decision.Run, out var run) && run.State == RunState.Proposed
            ? await surroundings.OfAsync(this.GetPrimaryKeyString(), run)
            : Surroundings.None;
        var context = new RemediationContext(rules.Newest, options.Value, known);
        CommandAnswer answer = null!;
        await ChangeAsync(state =>
        {
            (answer, var events) = RunApprovals.Decide(state, decision, context, Later(state.Now));
            return events;
        });
        await SendDueAsync(Later(State.Now));
        return answer;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_awaited.Values);
        _stopping.Dispose();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Fold(RemediationState state, RemediationEvent stored) => state.Apply(stored);

    /// <inheritdoc/>
    protected override string EventIdOf(RemediationEvent stored) => stored.Number.ToString(CultureInfo.InvariantCulture);

    private bool IsKnown(IncidentNotice notice) =>
        State.Incidents.TryGetValue(notice.Incident, out var known) && known.Version >= notice.Version;

    private DateTimeOffset Later(DateTimeOffset now)
    {
        if (now > _now) _now = now;
        if (State.Now > _now) _now = State.Now;
        return _now;
    }

    private async Task SendDueAsync(DateTimeOffset now)
    {
        foreach (var due in RunSends.Due(State, now))
        {
            var context = new RemediationContext(rules.Newest, options.Value, Surroundings.None);
            var address = rules.AddressOf(due.Rule);
            if (address is null && RunSends.ActionOf(due, context.Rules) is not null)
            {
                LogNoAddress(log, due.Id, due.Rule);
                continue;
            }

            if (!await ChangeAsync(state => RunSends.Start(state, due.Id, context, now))) continue;
            var run = State.Runs[due.Id];
            if (!run.Awaiting || _awaited.ContainsKey(run.Id)) continue;
            var action = RunSends.ActionOf(run, context.Rules);
            if (action is null || address is null) continue;
            var call = ActionCall.Of(run, run.Attempts, action);
            DelayDeactivation(action.Timeout * 2);
            _awaited[run.Id] = SendAsync(call, address);
        }
    }

    private async Task SendAsync(ActionCall call, Uri address)
    {
        // Off the present turn first, so that the caller has noted the call as awaited before it can end.
        await Task.Yield();
        using var span = instruments.Source.StartActivity("remediation.send");
        try
        {
            var answer = await sender.SendAsync(call, address, _stopping.Token);
            LogAnswer(log, call.Run, call.Attempt, answer.Kind, answer.Text);
            await ChangeAsync(state => RunSends.End(state, (call.Run, call.Attempt), answer, options.Value, Later(state.Now)));
        }
        catch (Exception error)
        {
            // Awaited by nobody from here on: the next turn ends the attempt as unknown.
            LogUnrecorded(log, call.Run, call.Attempt, error.GetType().Name);
        }
        finally
        {
            _awaited.Remove(call.Run);
        }
    }

    private async Task<bool> ChangeAsync(Func<RemediationState, ImmutableArray<RemediationEvent>> decide)
    {
        ImmutableArray<RemediationEvent> made = [];
        if (!await DecideAsync(state => made = decide(state))) return false;
        instruments.OnDecided(made);
        var told = made.Select(RunViews.RunOf).OfType<string>().Distinct()
            .Select(id => State.Runs.GetValueOrDefault(id)).OfType<Run>()
            .Select(run => new FeedEvent(
                "run", this.GetPrimaryKeyString(), run.Id, run.Version, TextOf(run), State.Now))
            .ToImmutableArray();
        if (!told.IsEmpty) await GrainFactory.GetGrain<IFeedGrain>(0).Publish(told);
        return true;
    }

    private static string TextOf(Run run) =>
        $"{run.Action} on {run.Resource.Name}: {(run.Shadow ? run.Outcome : run.State.ToString())}";

    [LoggerMessage(LogLevel.Information, "Run {Run}, attempt {Attempt}: {Kind}, {Text}")]
    private static partial void LogAnswer(ILogger log, string run, int attempt, AnswerKind kind, string text);

    [LoggerMessage(LogLevel.Warning, "Run {Run} waits: this machine has no address for rule {Rule} as it is in force")]
    private static partial void LogNoAddress(ILogger log, string run, string rule);

    [LoggerMessage(LogLevel.Warning, "The answer to run {Run}, attempt {Attempt}, could not be recorded: {Error}")]
    private static partial void LogUnrecorded(ILogger log, string run, int attempt, string error);
}
