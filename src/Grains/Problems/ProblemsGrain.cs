using System.Collections.Immutable;
using System.Globalization;
using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Grains.Journals;
using Correlation.Incidents;
using Correlation.Problems;
using Microsoft.Extensions.Options;

namespace Correlation.Grains.Problems;

/// <summary>What recurs at one customer.</summary>
/// <remarks>Commands and views take the wall clock, or the newest log time where that is later: both are the customer's
/// present.</remarks>
internal sealed class ProblemsGrain(ICustomerZones zones, IOptions<ProblemOptions> options, TimeProvider time)
    : StoredJournalGrain<ProblemsState, ProblemEvent>, IProblemsGrain
{
    /// <inheritdoc/>
    protected override string JournalKind => "problems";

    private DateTimeOffset Now => time.GetUtcNow() is var now && now > State.Now ? now : State.Now;

    /// <inheritdoc/>
    public async Task<string?> Record(IncidentNotice notice)
    {
        await DecideAsync(state => ProblemDecisions.Record(state, notice, options.Value));
        return State.Occurrences.GetValueOrDefault(State.SurvivorOf(notice.Incident))?.Problem;
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<ProblemView>> List(bool byCost)
    {
        var reading = Read();
        var views = State.Problems.Values.Select(problem => ProblemViews.Of(State, problem, reading));
        var ordered = byCost
            ? views.OrderByDescending(view => view.Cost).ThenBy(view => view.Id, StringComparer.Ordinal)
            : views.OrderByDescending(view => view.Last).ThenBy(view => view.Id, StringComparer.Ordinal);
        return Task.FromResult(ordered.ToImmutableArray());
    }

    /// <inheritdoc/>
    public Task<ProblemView?> Get(string id) =>
        Task.FromResult(State.Problems.GetValueOrDefault(id) is { } problem ? ProblemViews.Of(State, problem, Read()) : null);

    /// <inheritdoc/>
    public async Task<CommandAnswer> SetState(ProblemCommand command)
    {
        var now = Now;
        CommandAnswer answer = null!;
        await DecideAsync(state =>
        {
            (answer, var events) = ProblemDecisions.Command(state, command, now);
            return events;
        });
        return answer;
    }

    /// <inheritdoc/>
    protected override void Fold(ProblemsState state, ProblemEvent stored) => state.Apply(stored);

    /// <inheritdoc/>
    protected override string EventIdOf(ProblemEvent stored) => stored.Number.ToString(CultureInfo.InvariantCulture);

    private ProblemReading Read() => new(zones.ZoneOf(CustomerKey.Parse(this.GetPrimaryKeyString())), Now, options.Value);
}
