using System.Collections.Immutable;
using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Grains.Dependencies;
using Correlation.Grains.Journals;
using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Learning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Correlation.Grains.Customers;

/// <summary>One customer: a shell around <see cref="CustomerEngine"/>. It answers a report after its events are stored.</summary>
internal sealed partial class CustomerGrain(
    Owners owners, EstateGraphs graphs, IOptions<CustomerOptions> options, IOptions<GroupingOptions> grouping,
    IOptions<CauseOptions> causes, CustomerInstruments instruments, ILogger<CustomerGrain> log)
    : StoredJournalGrain<CustomerState, CustomerEvent>, ICustomerGrain
{
    private const int NoticesPerBeat = 100;
    private const int SettleShare = 39;
    private const int SettleShareMost = 4;
    private static readonly TimeSpan SettleLeast = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan SettleMost = TimeSpan.FromSeconds(2);

    /// <summary>On what rules acted is asked no more often.</summary>
    private static readonly TimeSpan RunsAfter = TimeSpan.FromMinutes(1);

    private CustomerKey _key;
    private CustomerMaps? _maps;
    private EstateVersions? _graphs;
    private Estates _estates = null!;
    private CustomerEngine _engine = null!;
    private IncidentProjection _incidents = null!;
    private ResourceWaker _waker = null!;
    private HandOver _handOver = null!;
    private TimeProvider _time = null!;
    private LogClock _clock;

    /// <summary>Groups what waits for it; null while nothing does.</summary>
    private IGrainTimer? _settling;
    private TimeSpan _settled;

    /// <summary>When it was asked last on what rules acted; null before.</summary>
    private long? _runsAsked;
    private bool _runsMayDiffer;

    /// <summary>Resources that readers met and the journal does not know yet.</summary>
    private HashSet<string> _met = [];

    /// <inheritdoc/>
    protected override string JournalKind => "customer";

    private IFeedGrain Watchers => GrainFactory.GetGrain<IFeedGrain>(0);

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        await owners.Ready.WaitAsync(cancellationToken);
        await graphs.Ready.WaitAsync(cancellationToken);
        _key = CustomerKey.Parse(this.GetPrimaryKeyString());
        Configure();
        _time = ServiceProvider.GetRequiredService<TimeProvider>();
        _waker = new ResourceWaker(
            (resource, time) => GrainFactory.GetGrain<IResourceGrain>(ResourceKeys.Of(resource, _key)).Tick(time), _time, log);
        _handOver = new HandOver(_key);
        _runsMayDiffer = !State.Incidents.IsEmpty;
        instruments.Show(_key, State);
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        instruments.Forget(_key);
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    /// <inheritdoc/>
    public Task Report(ResourceReports reports) =>
        Decide(state => _engine.Take(
            state, reports.Conditions, reports.Changes, reports.Now, reports.Links.IsDefault ? [] : reports.Links));

    /// <inheritdoc/>
    public Task Seen(DateTimeOffset last, long signals, ImmutableArray<string> resources)
    {
        foreach (var resource in resources.Where(resource => !State.Resources.Contains(resource)))
        {
            if (_met.Count < CustomerLimits.Resources) _met.Add(resource);
        }

        if (last > _clock.LastInput) _clock = _clock with { LastInput = last };
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task Advance(StreamTime time)
    {
        Configure();
        _clock = new LogClock(time.Now, time.Checkpointed, _clock.LastInput, time.Loss).After(State.Clock);
        var met = _met;
        _met = [];
        await Decide(state => _engine.Meet(state, met));
        await LearnFromOthersAsync();
        await Decide(state => _engine.Advance(state, _clock));
        instruments.Show(_key, State);
        _waker.Wake([.. State.DueWakes(_clock), .. _handOver.Due(State, owners.Maps, time.Checkpointed)], time);
        await TellAsync();
        await AskRunsAtTimesAsync();
    }

    /// <inheritdoc/>
    [ReadOnly]
    public Task<CustomerHealth> Health()
    {
        var last = LogClock.Later(_clock.LastInput, State.Clock.LastInput);
        var clock = _clock == default ? State.Clock : _clock with { LastInput = last };
        return Task.FromResult(HealthProjection.Of(State, _key, owners.Find(_key), clock, options.Value));
    }

    /// <inheritdoc/>
    public Task<Page<IncidentSummary>> Incidents(IncidentQuery query) => Task.FromResult(_incidents.List(State, query));

    /// <inheritdoc/>
    public Task<IncidentView?> Incident(string id) =>
        Task.FromResult(State.Answering(id) is { } incident ? _incidents.View(State, incident) : null);

    /// <inheritdoc/>
    public Task<Page<IncidentMember>?> Members(string id, string? cursor, int limit) =>
        Task.FromResult(State.Answering(id) is { } incident ? _incidents.Members(State, incident, cursor, limit) : null);

    /// <inheritdoc/>
    public Task<Page<TrackedSymptom>> Symptoms(SymptomQuery query) => Task.FromResult(SymptomProjection.List(State, query));

    /// <inheritdoc/>
    public Task<Page<TopologyEdge>> Topology(TopologyQuery query) =>
        Task.FromResult(TopologyProjection.List(State, _estates, _key, query));

    /// <inheritdoc/>
    public Task<Page<TimelineEntry>?> Timeline(string id, string? cursor, int limit) =>
        Task.FromResult(State.Answering(id) is { } incident ? IncidentProjection.Timeline(incident, cursor, limit) : null);

    /// <inheritdoc/>
    public Task<Explanation?> Explain(string id, string other) =>
        Task.FromResult(State.Answering(id) is { } incident ? _incidents.Explain(State, incident.Id, other) : null);

    /// <inheritdoc/>
    public Task<Explanation?> ExplainPair(string one, string other) => Task.FromResult(_incidents.Explain(State, one, other));

    /// <inheritdoc/>
    public async Task<CommandAnswer> Command(IncidentCommand command)
    {
        CommandAnswer answer = null!;
        await Decide(state =>
        {
            var decision = _engine.Command(state, command, _clock.Now);
            answer = decision.Answer;
            return decision.Events;
        });
        return answer;
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<MaintenanceWindow>> Maintenance() => Task.FromResult(State.Maintenance);

    /// <inheritdoc/>
    public Task SetMaintenance(ImmutableArray<MaintenanceWindow> windows, string actor) =>
        Decide(state => _engine.SetMaintenance(state, windows, actor, _clock.Now));

    /// <inheritdoc/>
    public Task<ShadowView> Shadow() => Task.FromResult(ShadowProjection.Of(State, _key, _engine));

    /// <inheritdoc/>
    public Task<CustomerLedger> Ledger() => Task.FromResult(new CustomerLedger(_key.Value, State.Ledger()));

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> IncidentsOf(string resource) => Task.FromResult(_engine.IncidentsOn(State, resource));

    /// <inheritdoc/>
    protected override void Fold(CustomerState state, CustomerEvent stored) => CustomerFold.Apply(state, stored);

    /// <inheritdoc/>
    protected override string EventIdOf(CustomerEvent stored) => stored.EventId;

    /// <summary>Makes the engine anew where another version was learnt. Its first decision looks at everything that is not
    /// sealed, and changes only what a version in force when it began judges otherwise.</summary>
    private void Configure()
    {
        var (maps, known) = (owners.Maps, graphs.Versions);
        if (ReferenceEquals(maps, _maps) && ReferenceEquals(known, _graphs)) return;
        _estates = new Estates(maps, known.All);
        var topology = _estates.TopologyOf(_key, grouping.Value);
        var before = _engine;
        _engine = new CustomerEngine(
            new CustomerSetup(_key, options.Value, grouping.Value, topology)
            {
                Causes = causes.Value,
                Shadow = _estates.ShadowOf(_key, grouping.Value),
                Failures = new FailureHistory(ServiceProvider.GetRequiredService<IOptions<FailureSettings>>().Value),
            })
        {
            Prior = before?.Prior ?? [],
            Acted = before?.Acted ?? [],
        };
        _incidents = new IncidentProjection(_key.Value, _engine);
        (_maps, _graphs) = (maps, known);
    }

    /// <summary>Has what waits grouped soon, the later the longer that took last: a fortieth of the time goes into it, or at most
    /// a fifth where it would be late then; it may have taken long by chance.</summary>
    private void SettleSoon()
    {
        if (!_engine.IsUnsettled || _settling is not null) return;
        var most = Math.Max(SettleMost.Ticks, SettleShareMost * _settled.Ticks);
        var wait = TimeSpan.FromTicks(Math.Clamp(SettleShare * _settled.Ticks, SettleLeast.Ticks, most));
        _settling = this.RegisterGrainTimer(SettleAsync, new GrainTimerCreationOptions(wait, Timeout.InfiniteTimeSpan));
    }

    private async Task SettleAsync(CancellationToken cancel)
    {
        _settling?.Dispose();
        _settling = null;
        await Decide(state =>
        {
            var started = _time.GetTimestamp();
            var made = _engine.Settle(state);
            _settled = _time.GetElapsedTime(started);
            return made;
        });
    }

    private async Task Decide(Func<CustomerState, IReadOnlyList<CustomerEvent>> decide)
    {
        using var span = instruments.Source.StartActivity("customer.decide");
        var (untold, health) = (State.Untold, State.Verdict.Health);
        IReadOnlyList<CustomerEvent> made = [];
        if (!await DecideAsync(state => made = decide(state))) return;
        SettleSoon();
        instruments.OnDecided(made);
        var news = FeedProjection.Of(untold, State, health, _key.Value);
        if (!news.IsEmpty) await Watchers.Publish(news);
    }

    /// <summary>Before it is learned anew, asks what other customers teach and on what rules acted. Without an answer it goes by
    /// its own history and what was said last.</summary>
    private async Task LearnFromOthersAsync()
    {
        if (_engine.Teaches(State, _clock.Now) is not { } counts) return;
        try
        {
            _engine.Prior = await GrainFactory.GetGrain<IFleetLearningGrain>(0).Exchange(_key, counts);
        }
        catch (Exception error)
        {
            LogAskFailed(log, "what other customers teach", error);
        }

        await AskRunsAsync();
    }

    /// <summary>Asks on what rules acted: once after it has started, and at times after they were told of incidents.</summary>
    private Task AskRunsAtTimesAsync()
    {
        var wasAsked = _runsAsked is { } last && _time.GetElapsedTime(last) < RunsAfter;
        return _runsMayDiffer && !wasAsked ? AskRunsAsync() : Task.CompletedTask;
    }

    private async Task AskRunsAsync()
    {
        (_runsAsked, _runsMayDiffer) = (_time.GetTimestamp(), false);
        try
        {
            var runs = await GrainFactory.GetGrain<IRemediationGrain>(_key.Value).Runs();
            _engine.Acted = [.. runs.Where(run => !run.Shadow).SelectMany(run => run.FormerIncidents.Append(run.Incident))];
        }
        catch (Exception error)
        {
            _runsMayDiffer = true;
            LogAskFailed(log, "on what rules acted", error);
        }
    }

    /// <summary>Tells problems, remediation and fleet what became of incidents; what fails is told again with
    /// the next beat, and what may go when a storm is grouped waits for that.</summary>
    private async Task TellAsync()
    {
        if (State.Untold.IsEmpty) return;
        var told = new List<NoticeTaken>();
        var ready = State.Untold.Keys.Where(id => !_engine.MayGo(id)).Order(StringComparer.Ordinal);
        foreach (var id in ready.Take(NoticesPerBeat))
        {
            if (_engine.Notice(State, id) is not { } notice) continue;
            try
            {
                var problem = await GrainFactory.GetGrain<IProblemsGrain>(_key.Value).Record(notice);
                await GrainFactory.GetGrain<IRemediationGrain>(_key.Value).Consider(notice);
                await GrainFactory.GetGrain<IFleetGrain>(0).Record(notice);
                told.Add(new NoticeTaken(id, notice.Version, problem));
            }
            catch (Exception error)
            {
                LogTellFailed(log, id, notice.Version, error);
            }
        }

        if (told.Count == 0) return;
        await Decide(state => _engine.Told(state, told));
        _runsMayDiffer = true;
    }

    [LoggerMessage(LogLevel.Warning, "Asking {What} failed; what was said last holds")]
    private static partial void LogAskFailed(ILogger log, string what, Exception error);

    [LoggerMessage(LogLevel.Warning, "Telling of incident {Incident} at version {Version} failed; it is told again")]
    private static partial void LogTellFailed(ILogger log, string incident, long version, Exception error);
}
