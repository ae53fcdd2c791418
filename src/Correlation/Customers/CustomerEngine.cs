using System.Collections.Immutable;
using Correlation.Fleet;
using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Learning;
using Correlation.Resources;

namespace Correlation.Customers;

/// <summary>Decides what reports, time and operators do to a customer: state and input in, events out.</summary>
/// <remarks>Pure but for a cache: the candidate graph, which is rebuilt whenever the state is not the one that the last decision
/// led to. One engine a customer; not safe for concurrent use.</remarks>
public sealed class CustomerEngine(CustomerSetup setup)
{
    private readonly DiscoveredFollower _discovered = new(setup.Topology);
    private readonly LearnedFollower _learned = new();
    private CandidateGraph _graph = null!;
    private readonly KnownFailures _failures = new(setup.Failures);
    private readonly HashSet<string> _unsettled = [];
    private readonly Latecomers _latecomers = new();
    private readonly KnownChanges _changes = new();
    private readonly HeldOpenings _held = new();
    private readonly ShadowGrouping? _shadow = setup.Shadow is { } shadow ? new(setup, shadow) : null;
    private CustomerState? _state;
    private long _revision = -1;
    private SealPace _pace = new(setup.Options);

    /// <summary>What other customers teach, for the next version of what is learned.</summary>
    public ImmutableArray<PriorPair> Prior { get; set; } = [];

    /// <summary>The incidents on which rules acted, for the same; where incidents meet, one of them survives.</summary>
    public ImmutableHashSet<string> Acted { get; set; } = [];

    /// <summary>When the first lone alert may have lasted long enough to be an incident; null for never.</summary>
    public DateTimeOffset? NextOpening => _held.Next;

    /// <summary>Whether some of a component of many wait to be grouped.</summary>
    public bool IsUnsettled => _unsettled.Count > 0;

    /// <summary>What resources report.</summary>
    /// <param name="state">The state.</param>
    /// <param name="reports">Conditions whose symptoms changed; one taken before changes nothing.</param>
    /// <param name="changes">Changes made on resources; one known changes nothing.</param>
    /// <param name="now">The log time of the newest signal behind them.</param>
    /// <param name="links">Other resources that resources named; null for none.</param>
    /// <returns>The events; none where nothing is new.</returns>
    public IReadOnlyList<CustomerEvent> Take(
        CustomerState state, IEnumerable<ConditionReport> reports, IEnumerable<Change> changes, DateTimeOffset now,
        IEnumerable<LearntLink>? links = null)
    {
        var draft = Begin(state, out var touched);
        var fresh = _changes.Fresh(state.Changes, changes);
        var learnt = DiscoveredTopology.News(state.Discovered, links ?? []);
        if (!learnt.IsEmpty) Take(draft, new ReportsTaken(draft.Next, now, [], []) { Learnt = learnt });
        touched.UnionWith(_graph.Meet(fresh));
        var lost = new HashSet<string>();
        var forgotten = LogClock.Before(draft.State.SealedUpTo, 2 * _graph.Settings.SlowWindow);
        foreach (var round in Intake.Rounds(reports))
        {
            var taken = round.Select(pair => Intake.Take(draft.State, pair.Key, pair.Report, forgotten))
                .OfType<ConditionTaken>().ToImmutableArray();
            if (taken.IsEmpty && fresh.IsEmpty) continue;
            var gone = taken.SelectMany(condition => condition.Withdrawn).Select(symptom => symptom.Id).ToList();
            lost.UnionWith(draft.IncidentsOf(gone).Select(incident => incident.Id));
            Take(draft, new ReportsTaken(draft.Next, now, taken, fresh));
            fresh = [];
            Place(draft, [.. taken.SelectMany(condition => condition.Put).Select(symptom => symptom.Id)], gone, touched, lost);
        }

        if (!fresh.IsEmpty) Take(draft, new ReportsTaken(draft.Next, now, [], fresh));
        return lost.Count == 0 ? Finish(draft, touched) : Finish(draft, touched, lost, null);
    }

    /// <summary>Whether an incident was opened for what waits, and may turn out to be none of its own.</summary>
    public bool MayGo(string incident) => _latecomers.MayGo(incident);

    /// <summary>Groups what waits for it.</summary>
    public IReadOnlyList<CustomerEvent> Settle(CustomerState state) => Finish(Begin(state, out var touched), touched, [], null);

    /// <summary>Time passes: resolves, raises what outlasted its maintenance window, seals, forgets, judges the health.</summary>
    public IReadOnlyList<CustomerEvent> Advance(CustomerState state, LogClock clock)
    {
        var draft = Begin(state, out var touched);
        draft.State.Now = LogClock.Later(clock.Now, state.Now);
        clock = clock with { Loss = LogClock.Later(clock.Loss, state.Clock.Loss) };
        var steps = clock.Now - state.Clock.Now >= setup.Options.TimeStep
            || clock.Checkpointed - state.Clock.Checkpointed >= setup.Options.TimeStep
            || clock.Loss > state.Clock.Loss;
        if (steps) Note(draft, clock);
        var lost = new HashSet<string>();
        Place(draft, Suppression.MaybeOver(state), [], touched, lost, onlySuppressed: true);
        touched.UnionWith(_held.Due(draft.State.Now, _graph));
        if (lost.Count > 0 || MaySeal(draft, clock)) Settle(draft, touched, lost, null);
        else SettleFew(draft, touched);
        Resolving.Resolve(draft, clock.Checkpointed, setup.Options.QuietTime);
        Seal(draft, clock);
        return End(draft, clock);
    }

    /// <summary>An operator's command.</summary>
    /// <returns>The events, and the answer once they are stored.</returns>
    public CommandDecision Command(CustomerState state, IncidentCommand command, DateTimeOffset now)
    {
        var draft = Begin(state, out var touched);
        var verdict = CommandCheck.Check(state, command);
        if (verdict.Refusal is { } refusal) return new CommandDecision([], refusal);
        var at = now > state.Now ? now : state.Now;
        var (added, removed) = OperatorWords.Of(state, verdict.Incident!, command, verdict.Other);
        if (state.Constraints.Count + added.Length - removed.Length > CustomerLimits.Constraints)
        {
            return new CommandDecision(
                [], CommandCheck.Refused(verdict.Incident!, "there are too many merges and splits in force"));
        }

        draft.Do(new Commanded(draft.Next, at, command, added, removed));
        touched.UnionWith(added.Concat(removed).SelectMany(pair => new[] { pair.A, pair.B }));
        var will = command.Verb switch
        {
            IncidentVerb.Merge => new OperatorWill(command.Actor, command.Incident, null, ""),
            IncidentVerb.Split => new OperatorWill(command.Actor, null, command.Incident, command.Symptoms[0]),
            _ => null,
        };
        var events = Finish(draft, touched, [], will);
        var answering = draft.State.Answering(command.Incident)!;
        return new CommandDecision(events, new CommandAnswer(CommandOutcome.Done, answering.Id, answering.Version, ""));
    }

    /// <summary>Replaces the maintenance windows.</summary>
    /// <exception cref="ArgumentException">There are more than <see cref="CustomerLimits.Windows"/>.</exception>
    public IReadOnlyList<CustomerEvent> SetMaintenance(
        CustomerState state, ImmutableArray<MaintenanceWindow> windows, string actor, DateTimeOffset now)
    {
        if (windows.Length > CustomerLimits.Windows)
        {
            throw new ArgumentException($"At most {CustomerLimits.Windows} maintenance windows are kept.", nameof(windows));
        }

        var draft = Begin(state, out var touched);
        var lost = new HashSet<string>();
        draft.Do(new MaintenanceSet(draft.Next, now > state.Now ? now : state.Now, windows, actor));
        Place(
            draft, [.. state.Symptoms.Values.Where(tracked => !tracked.Sealed).Select(tracked => tracked.Symptom.Id)], [],
            touched, lost);
        return Finish(draft, touched, lost, null);
    }

    /// <summary>Resources had signals, be it that they complained or not.</summary>
    /// <param name="state">The state.</param>
    /// <param name="resources">Their canonical ids; those that are known change nothing.</param>
    public IReadOnlyList<CustomerEvent> Meet(CustomerState state, IEnumerable<string> resources)
    {
        var room = CustomerLimits.Resources - state.Resources.Count;
        var news = resources.Where(resource => !state.Resources.Contains(resource)).Order(StringComparer.Ordinal)
            .Take(Math.Max(0, room)).ToImmutableArray();
        if (news.IsEmpty) return [];
        var draft = Begin(state, out var touched);
        draft.Do(new ResourcesMet(draft.Next, state.Now, news));
        return Finish(draft, touched);
    }

    /// <summary>Notices were taken by all who get them.</summary>
    public IReadOnlyList<CustomerEvent> Told(CustomerState state, IEnumerable<NoticeTaken> notices)
    {
        var draft = Begin(state, out var touched);
        var news = notices.Where(notice => state.Untold.ContainsKey(notice.Incident)).ToImmutableArray();
        if (!news.IsEmpty) draft.Do(new NoticesTaken(draft.Next, state.Now, news));
        return Finish(draft, touched);
    }

    /// <summary>The ids of the unsealed incidents that hold symptoms of a resource, in order.</summary>
    /// <remarks>May be asked while a decision is being stored: the graph is then ahead of the state, and stays so.</remarks>
    public ImmutableArray<string> IncidentsOn(CustomerState state, string resource)
    {
        if (!ReferenceEquals(state, _state) || state.Revision > _revision) Begin(state, out _);
        return
        [
            .. _graph.LiveOn(resource).Select(id => state.Symptoms.GetValueOrDefault(id)?.Incident).OfType<string>()
                .Distinct().Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>An incident with what explains it now: computed while it may change, as sealed after that.</summary>
    public SealedIncident Explain(CustomerState state, Incident incident) => OperatorCauses.First(incident, incident.Sealed
        ? new SealedIncident(incident.Id, incident.Causes, incident.Changes, incident.Reasons, incident.Configuration)
        : Findings.Summary(Begin(state, out _).State, incident, _graph).Sealed);

    /// <summary>The likely causes of an incident by itself, best first; what an operator said goes before.</summary>
    public ImmutableArray<RankedCause> Causes(CustomerState state, Incident incident) => Findings.Causes(state, incident, _graph);

    /// <summary>What this customer teaches others, where it is about to be learned from anew or never was; else null.</summary>
    public ImmutableArray<SharedPair>? Teaches(CustomerState state, DateTimeOffset now)
    {
        if (now - state.Clock.Now < setup.Options.TimeStep) return null;
        if (!state.Models.IsEmpty && !ModelLearning.IsDue(state, now, setup.Options)) return null;
        return StartLearner.Shared(state.Starts, setup.Topology.At(now).Topology, now);
    }

    /// <summary>What others are to be told of an incident; null where it is forgotten.</summary>
    public IncidentNotice? Notice(CustomerState state, string id)
    {
        if (state.Incidents.GetValueOrDefault(id) is not { } incident) return null;
        var cause = Findings.Recent(state, incident, _graph);
        return IncidentNotice.Of(state, setup.Customer, incident, cause.IsEmpty ? null : cause[0].Resource);
    }

    /// <summary>Why two things (signals, symptoms, resources, incidents, changes) are together or not; null where one names an
    /// incident that is not there.</summary>
    public Explanation? Explain(CustomerState state, string one, string other)
    {
        Begin(state, out _);
        return new Explainer(setup, state, _graph, Partitioner(state), _held.Holds).Explain(one, other);
    }

    /// <summary>The grouping in shadow; null for none.</summary>
    public ShadowSetup? Shadow => setup.Shadow;

    /// <summary>What a grouping in shadow would have otherwise now, of all that is not final; none where there is none.</summary>
    public ImmutableArray<ShadowVerdict> InShadow(CustomerState state) => _shadow?.Now(state) ?? [];

    private void Take(Draft draft, ReportsTaken taken)
    {
        var before = draft.State.Changes;
        Do(draft, taken);
        _changes.Took(before, taken.Changes, draft.State.Changes);
    }

    /// <summary>Decides an event that may change what is discovered or learned, and looks anew at what that concerns.</summary>
    private void Do(Draft draft, CustomerEvent decided)
    {
        draft.Do(decided);
        IReadOnlyList<Symptom> again =
            [.. _discovered.Follow(draft.State, _graph).Concat(_learned.Follow(draft.State, _graph)).DistinctBy(one => one.Id)];
        if (again.Count == 0) return;
        _unsettled.UnionWith(_graph.Update(again, []));
        _held.Watch(again);
    }

    private Draft Begin(CustomerState state, out HashSet<string> touched)
    {
        if (!ReferenceEquals(state, _state) || state.Revision != _revision)
        {
            _unsettled.Clear();
            _latecomers.Clear();
            _discovered.Reset(state.Discovered);
            _learned.Reset(state.Models);
            _held.Reset(_learned.Versions);
            _graph = new CandidateGraph(setup.Grouping, _discovered.Topology, _learned.Versions);
            var bySeal = state.Symptoms.Values.Where(tracked => !tracked.Suppressed)
                .ToLookup(tracked => tracked.Sealed, tracked => tracked.Symptom);
            _graph.Meet(state.Changes);
            _graph.Began(state.Began);
            foreach (var symptom in bySeal[true]) _graph.AddSealed(symptom);
            _unsettled.UnionWith(_graph.Update(bySeal[false], []));
            _held.Watch(bySeal[false]);
            _pace = new SealPace(setup.Options);
        }

        _failures.Of(state);
        touched = _unsettled;
        _state = state;
        _revision = state.Revision;
        return new Draft(state);
    }

    /// <summary>Brings symptoms under their maintenance windows or out, and the others into the graph.</summary>
    private void Place(
        Draft draft, List<string> put, List<string> gone, HashSet<string> touched, HashSet<string> lost,
        bool onlySuppressed = false)
    {
        var state = draft.State;
        var tracked = put.Distinct().Select(id => state.Symptoms.GetValueOrDefault(id)).OfType<TrackedSymptom>().ToList();
        var held = tracked.ToLookup(one => Suppression.Holds(one.Symptom, state.Maintenance, state.Now));
        var suppress = held[true].Where(one => !one.Suppressed).Select(one => one.Symptom.Id).ToImmutableArray();
        var raise = held[false].Where(one => one.Suppressed).Select(one => one.Symptom.Id).ToImmutableArray();
        lost.UnionWith(draft.IncidentsOf(suppress).Select(incident => incident.Id));
        if (suppress.Length + raise.Length > 0) draft.Do(new SuppressionMoved(draft.Next, state.Now, suppress, raise));
        var into = held[false].Where(one => !onlySuppressed || one.Suppressed).Select(one => one.Symptom).ToList();
        _held.Watch(into);
        touched.UnionWith(_graph.Update(into, gone.Concat(held[true].Select(one => one.Symptom.Id))));
    }

    private IReadOnlyList<CustomerEvent> Finish(Draft draft, HashSet<string> touched)
    {
        SettleFew(draft, touched);
        return End(draft, draft.State.Clock);
    }

    private IReadOnlyList<CustomerEvent> Finish(Draft draft, HashSet<string> touched, HashSet<string> lost, OperatorWill? will)
    {
        Settle(draft, touched, lost, will);
        return End(draft, draft.State.Clock);
    }

    /// <summary>Groups anew around what was touched but for components of many: they wait for
    /// <see cref="Settle(CustomerState)"/>, or until something may be sealed.</summary>
    private void SettleFew(Draft draft, HashSet<string> touched)
    {
        if (_graph.AreOfMany(touched))
        {
            touched = _latecomers.AtOnce(draft, touched, _graph, Partitioner(draft.State), out var came);
            if (Latecomers.Place(draft, came, _graph, _discovered.Topology, out var rest) is { } placed) draft.Do(placed);
            _latecomers.Opened(Regroup(draft, rest, null, [.. rest.SelectMany(cluster => cluster.Members)], []));
        }

        Settle(draft, touched, [], null);
    }

    /// <summary>Groups anew around what was touched, and opens again what is not over after all.</summary>
    private void Settle(Draft draft, HashSet<string> touched, IEnumerable<string> lost, OperatorWill? will)
    {
        foreach (var home in draft.IncidentsOf(touched)) touched.UnionWith(home.Members);
        Regroup(draft, Partitioner(draft.State).Around(touched), will, touched, lost);
        var back = draft.IncidentsOf(touched)
            .Where(incident => incident is { Status: IncidentStatus.Resolved, Sealed: false })
            .Select(incident => (incident.Id, Open: Resolving.NewlyOpen(draft.State, incident)))
            .Where(pair => pair.Open is not null)
            .OrderBy(pair => pair.Id, StringComparer.Ordinal)
            .Select(pair => new IncidentStep(
                pair.Id, null, $"{pair.Open!.Condition.Kind} on {pair.Open.Resource.Name} is open"))
            .ToImmutableArray();
        if (!back.IsEmpty) draft.Do(new StatusMoved(draft.Next, draft.State.Now, back));
        _latecomers.Grouped(touched);
        _unsettled.ExceptWith(touched);
    }

    private Regrouped? Regroup(
        Draft draft, List<Cluster> clusters, OperatorWill? will, HashSet<string> touched, IEnumerable<string> lost)
    {
        var regrouped = new Regrouping(draft, clusters, setup.Customer, will, _held.Holds, touched, Acted)
            .Decide(draft.State.Now, _discovered.Topology, lost);
        if (regrouped is not null) draft.Do(regrouped);
        return regrouped;
    }

    private void Note(Draft draft, LogClock clock)
    {
        var last = draft.State.Clock;
        var gap = last.LastInput == default ? TimeSpan.Zero : clock.LastInput - last.LastInput;
        var forward = clock.After(last);
        var usual = HealthRollUp.Usual(draft.State.UsualGap, gap, setup.Options);
        _graph.Memory.Clear();
        var learned = ModelLearning.Learn(draft.State, forward.Now, setup.Options, _discovered.Topology, Prior, Acted);
        var edges = ModelLearning.Edges(draft.State, learned, _discovered.Topology);
        Do(draft, new TimeNoted(draft.Next, forward.Now, forward, usual) { Learned = learned, Edges = edges });
    }

    private void Seal(Draft draft, LogClock clock)
    {
        if (!MaySeal(draft, clock)) return;
        var watermark = clock.Watermark(setup.Options.Lateness);
        var sealing = new Sealing(draft, _graph, Partitioner(draft.State), setup.Options, _failures, _discovered.Topology);
        var tooMany = _pace.AreTooMany(_graph.Count, draft.State.Now);
        if (_pace.IsDue(draft.State.SealedUpTo, watermark))
        {
            _pace.Tried(watermark);
            Seal(draft, sealing, sealing.Due(watermark, clock.Checkpointed), watermark, early: false);
        }

        if (!tooMany) return;
        Seal(draft, sealing, sealing.Early(), watermark, early: true);
        _pace.TriedEarly(_graph.Count, draft.State.Now);
    }

    private bool MaySeal(Draft draft, LogClock clock) => _pace.AreTooMany(_graph.Count, draft.State.Now)
        || _pace.IsDue(draft.State.SealedUpTo, clock.Watermark(setup.Options.Lateness));

    private void Seal(Draft draft, Sealing sealing, List<string> ids, DateTimeOffset watermark, bool early)
    {
        if (early && ids.Count == 0) return;
        if (sealing.Seal(ids, watermark, one => Findings.Summary(draft.State, one, _graph), early) is not { } sealEvent)
            return;
        draft.Do(sealEvent with { Shadow = _shadow?.Judge(draft.State, ids) });
        _graph.Seal(ids);
        var gone = sealEvent.ForgottenSymptoms.ToHashSet();
        gone.UnionWith(sealEvent.ForgottenIncidents.Select(id => _state!.Incidents.GetValueOrDefault(id)).OfType<Incident>()
            .SelectMany(incident => incident.Members));
        _graph.Began(draft.State.Began);
        if (gone.Count > 0) Settle(draft, [.. _graph.Update([], gone)], [], null);
    }

    private IReadOnlyList<CustomerEvent> End(Draft draft, LogClock clock)
    {
        var health = HealthRollUp.Of(draft.State, clock, setup.Options);
        if (health != draft.State.Verdict.Health)
        {
            var why = HealthRollUp.Why(draft.State, clock, setup.Options);
            var verdict = new HealthVerdict(health, HealthRollUp.Since(draft.State, health), why);
            draft.Do(new HealthNoted(draft.Next, draft.State.Now, verdict));
        }

        _revision = draft.State.Revision;
        return draft.Events;
    }

    private Findings Findings => field ??= new Findings(setup, _discovered, _learned, _failures);

    private Partitioner Partitioner(CustomerState state) => new(_graph, state.Constraints);
}
