using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>The live state of one resource: what it complains about, what was done to it, what it said lately.</summary>
/// <remarks>
/// Symptoms are a function of the set of signals applied, so any order of them gives the same ones. What
/// <see cref="TakeEffects"/> has not handed out yet is no part of what is stored: take it before storing the state.
/// </remarks>
[GenerateSerializer, Alias("resource-state")]
public sealed class ResourceState
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(5);

    [Id(0)] private readonly ResourceId _resource;
    [Id(1)] private readonly ConditionBook _book = new();
    [Id(2)] private readonly DedupMemory _dedup = new();
    [Id(3)] private readonly MetricMemory _metrics = new();
    [Id(4)] private readonly Lifecycle _life = new();
    [Id(5)] private readonly RecentMemory _recent = new();
    [Id(6)] private DateTimeOffset _clock;
    [Id(7)] private DateTimeOffset _watermark;
    [Id(8)] private DateTimeOffset _swept;
    [Id(9)] private DateTimeOffset _ownedFrom;
    [Id(10)] private long _sequence;
    [Id(16)] private LinkMemory? _links;
    [NonSerialized] private Outgoing? _outgoing;

    private ResourceState(ResourceId resource) => _resource = resource;

    /// <summary>The resource.</summary>
    public ResourceId Resource => _resource;

    /// <summary>Whose it is; null before its first signal.</summary>
    [Id(11)] public CustomerKey? Owner { get; private set; }

    /// <summary>The largest log time that it has seen.</summary>
    [Id(12)] public DateTimeOffset Now { get; private set; }

    /// <summary>The log time of its newest signal; null before the first.</summary>
    [Id(13)] public DateTimeOffset? LastSignal { get; private set; }

    /// <summary>What it has counted.</summary>
    [Id(14)] public ResourceTally Counts { get; private set; } = new();

    /// <summary>The Entra tenant that its newest signals named; null where none did.</summary>
    [Id(15)] public string? Tenant { get; private set; }

    /// <summary>Rises when it is deleted and created again under the same id; 1 at first.</summary>
    public int Incarnation => _life.Incarnation;

    /// <summary>Its newest signals that are no metric values, newest first.</summary>
    public IReadOnlyList<KeptSignal> RecentSignals => _recent.Signals;

    /// <summary>Its newest changes, newest first.</summary>
    public IReadOnlyList<Change> RecentChanges => _recent.Changes;

    /// <summary>The latest value of each of its metrics.</summary>
    public IReadOnlyList<KeptMetric> Metrics => _metrics.Latest;

    /// <summary>The state of a resource that nothing is known of yet.</summary>
    public static ResourceState Create(ResourceId resource) => new(resource);

    /// <summary>Applies one signal about this resource.</summary>
    /// <param name="signal">The signal; the caller sees to it that each position comes once.</param>
    /// <param name="owner">Whose the resource was at the signal's log time. The newest log time decides: an older signal that
    /// comes after the resource changed hands does not bring it back.</param>
    /// <param name="watermark">The event time before which nothing can still come, of all partitions together.</param>
    /// <param name="options">Times and limits.</param>
    /// <returns>Late, Duplicate, Aggregated, Context or Transition.</returns>
    public Fate Apply(Signal signal, CustomerKey owner, DateTimeOffset watermark, ResourceOptions options)
    {
        Advance(signal.LogTime, watermark, options);
        var newest = LastSignal is not { } last || signal.LogTime >= last;
        if (newest) (LastSignal, Tenant) = (signal.LogTime, signal.Detail?.Tenant ?? Tenant);
        var scope = ScopeOf(options);
        if (newest || Owner is null) SetOwner(owner, scope);
        var fate = Decide(signal, scope);
        if (fate == Fate.Late) Counts.Late++;
        else if (fate == Fate.Duplicate) Counts.Duplicates++;
        else Counts.Signals++;
        if (fate is not (Fate.Late or Fate.Duplicate) && signal.Role != SignalRole.Measurement)
            _recent.Add(signal, fate, options);
        if (fate is not (Fate.Late or Fate.Duplicate)) Learn(signal);
        if (_watermark - _swept >= SweepEvery || _book.IsDue(_clock)) Sweep(scope, false);
        return fate;
    }

    /// <summary>Says whose it is, where no signal has said so since: without one, what is open would stay at the owner
    /// before.</summary>
    /// <param name="owner">Whose it is at <paramref name="now"/>.</param>
    /// <param name="now">A log time before which no signal can still come.</param>
    /// <param name="options">Times and limits.</param>
    public void Belong(CustomerKey owner, DateTimeOffset now, ResourceOptions options)
    {
        if (Owner is null || LastSignal > now || !_resource.IsArm) return;
        if (now > Now) Now = now;
        SetOwner(owner, ScopeOf(options));
    }

    /// <summary>Lets time pass: ends by time-out what nothing else ended, and answers deadlines that have moved.</summary>
    /// <param name="now">The log time now.</param>
    /// <param name="watermark">The event time before which nothing can still come, of all partitions together.</param>
    /// <param name="options">Times and limits.</param>
    public void Tick(DateTimeOffset now, DateTimeOffset watermark, ResourceOptions options)
    {
        Advance(now, watermark, options);
        Sweep(ScopeOf(options), true);
    }

    /// <summary>What is to be told since the last call.</summary>
    public ResourceEffects TakeEffects()
    {
        var effects = _outgoing?.Take() ?? new ResourceEffects([], []);
        _outgoing = null;
        return effects;
    }

    /// <summary>Its conditions with their symptoms that may still change.</summary>
    public ImmutableArray<ConditionStatus> Conditions(ResourceOptions options)
    {
        var scope = ScopeOf(options);
        return [.. _book.All.Select(known => new ConditionStatus(
            known.Condition, Write(known, _book.Episodes(known, scope)), known.Facts.Count, known.Deadline))];
    }

    /// <summary>Its health by the worst of its open symptoms.</summary>
    public Health Health(ResourceOptions options)
    {
        if (LastSignal is null) return Customers.Health.Unknown;
        var worst = Conditions(options).SelectMany(known => known.Symptoms).Where(symptom => symptom.IsOpen)
            .Select(symptom => symptom.Severity).DefaultIfEmpty(Severity.Unknown).Max();
        return worst >= Severity.Error ? Customers.Health.Unhealthy
            : worst >= Severity.Warning ? Customers.Health.Degraded : Customers.Health.Healthy;
    }

    private void Advance(DateTimeOffset now, DateTimeOffset watermark, ResourceOptions options)
    {
        if (now > Now) Now = now;
        if (watermark > _watermark)
        {
            _watermark = watermark;
            _dedup.Forget(watermark);
        }

        var durable = _watermark == default ? default : _watermark.PlusBounded(options.Lateness);
        var clock = durable < Now ? durable : Now;
        if (clock > _clock) _clock = clock;
    }

    private Scope ScopeOf(ResourceOptions options) => new(options, _watermark, _clock, _life, Counts);

    private Fate Decide(Signal signal, Scope scope)
    {
        if (signal.LogTime - signal.EventTime > scope.Options.Lateness || signal.EventTime < _watermark) return Fate.Late;
        if (!IsNew(signal, scope))
        {
            PublishAll(_book.Repeat(signal), scope);
            return Fate.Duplicate;
        }

        return signal.Role switch
        {
            SignalRole.Measurement => Fate.Aggregated,
            SignalRole.Change => ApplyChange(signal, scope),
            SignalRole.Context => Fate.Context,
            _ when signal.Condition is null => Fate.Context,
            SignalRole.Pulse when _book.TryContinue(signal, scope) => Fate.Aggregated,
            _ => PublishAll(_book.Add(signal, scope), scope) ? Fate.Transition : Fate.Aggregated,
        };
    }

    private void Learn(Signal signal)
    {
        if (signal.Detail is not { Linked.IsDefaultOrEmpty: false }) return;
        foreach (var link in (_links ??= new LinkMemory()).Note(signal)) Tell().Add(Owner!.Value, link);
    }

    private bool IsNew(Signal signal, Scope scope)
    {
        if (signal is { Role: SignalRole.Measurement, Metric: { } value })
            return _metrics.Add(value, signal.EventTime, new MetricMemory.Room(_dedup, _watermark, scope.Options, Counts));
        var key = signal.Dedup.Short();
        if (_dedup.Contains(key, signal.EventTime)) return false;
        Counts.DedupEvicted += _dedup.Add(key, signal.EventTime, scope.Options.MaxDedupKeys);
        return true;
    }

    private Fate ApplyChange(Signal signal, Scope scope)
    {
        var change = RecentMemory.ChangeOf(signal);
        _recent.Add(change, scope.Options);
        Tell().Add(Owner!.Value, change);
        var touched = _book.Succeed(signal, scope);
        if (Lifecycle.Read(signal) is { } created)
        {
            if (_life.Add(signal.EventTime, created, scope.Options.MaxChangesInFlight)) Counts.ChangesDropped++;
            touched = [.. _book.All];
        }

        PublishAll(touched, scope);
        return Fate.Transition;
    }

    private void SetOwner(CustomerKey owner, Scope scope)
    {
        if (Owner is { } former && former != owner)
        {
            foreach (var known in _book.All.Where(known => known.Reported != 0))
            {
                var symptoms = Write(known, _book.Episodes(known, scope))
                    .Select(symptom => symptom.End is null ? Withdraw(symptom) : symptom);
                Tell().Add(former, ReportOf(known.Condition, [.. symptoms], null, scope));
            }

            (Owner, _ownedFrom, _links) = (owner, Now, null);
            foreach (var known in _book.All) known.Reported = 0;
            PublishAll(_book.All, scope);
        }

        Owner = owner;
    }

    private Symptom Withdraw(Symptom symptom) =>
        symptom with { End = Now > symptom.Start ? Now : symptom.Start, EndReason = EndReason.Withdrawn };

    private void Sweep(Scope scope, bool woken)
    {
        foreach (var known in _book.All) Publish(known, scope, woken && known.ReportedDeadline <= Now);
        _book.Forget(scope);
        var earliest = _book.Earliest;
        _life.Forget(earliest < scope.Reach ? earliest.Value : scope.Reach, _watermark);
        _swept = _watermark;
    }

    private bool PublishAll(IReadOnlyCollection<ConditionState> touched, Scope scope) =>
        touched.Count(known => Publish(known, scope, false)) > 0;

    /// <summary>Reports a condition where its symptoms are other than last reported; then forgets what is settled.</summary>
    private bool Publish(ConditionState condition, Scope scope, bool woken)
    {
        _book.Limit(condition, scope);
        var episodes = _book.Episodes(condition, scope);
        var symptoms = Write(condition, episodes);
        condition.Deadline = episodes.Min(episode => episode.Deadline);
        var signature = SymptomWriter.Signature(symptoms);
        var changed = signature != condition.Reported;
        if (changed || (woken && condition.Deadline != condition.ReportedDeadline))
        {
            Tell().Add(Owner!.Value, ReportOf(condition.Condition, symptoms, condition.Deadline, scope));
            condition.ReportedDeadline = condition.Deadline;
        }

        var kept = _book.Tidy(condition, episodes, scope);
        condition.Reported = kept.Count == episodes.Count ? signature : SymptomWriter.Signature(Write(condition, kept));
        return changed;
    }

    private ConditionReport ReportOf(
        Condition condition, ImmutableArray<Symptom> symptoms, DateTimeOffset? deadline, Scope scope) =>
        new(_resource, _life.Incarnation, condition, ++_sequence, symptoms, deadline, scope.Floor);

    private ImmutableArray<Symptom> Write(ConditionState condition, List<Episode> episodes) =>
        [.. episodes.Where(episode => episode.End is null || episode.End > _ownedFrom || _ownedFrom == default)
            .Select(episode => SymptomWriter.Write(
                _resource, _life.IncarnationAt(episode.Start), condition.Condition, episode, condition.Degraded))];

    private Outgoing Tell() => _outgoing ??= new Outgoing();
}
