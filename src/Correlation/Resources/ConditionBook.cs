using System.IO.Hashing;
using System.Runtime.InteropServices;
using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>The conditions of a resource with their facts, and which facts belong to which.</summary>
[GenerateSerializer, Alias("condition-book")]
internal sealed class ConditionBook
{
    private const string OperationPrefix = "operation:";

    [Id(0)] private readonly List<ConditionState> _conditions = [];
    [Id(1)] private readonly List<SettledEnd> _settled = [];
    [Id(2)] private readonly List<Success> _successes = [];
    [Id(3)] private readonly List<KnownInstance> _known = [];

    /// <summary>The conditions, in the order in which they were first seen.</summary>
    public IReadOnlyList<ConditionState> All => _conditions;

    /// <summary>Whether a time-out of any has come.</summary>
    public bool IsDue(DateTimeOffset clock)
    {
        foreach (var known in _conditions)
        {
            if (known.Deadline <= clock) return true;
        }

        return false;
    }

    /// <summary>The earliest moment that any fact speaks of; null where there is none.</summary>
    public DateTimeOffset? Earliest => _conditions.SelectMany(known => known.Facts)
        .Min(fact => fact.OpenedAt < fact.First ? fact.OpenedAt : (DateTimeOffset?)fact.First);

    /// <summary>Adds what a signal says to the conditions that it is about.</summary>
    /// <returns>The conditions that it touched.</returns>
    public List<ConditionState> Add(Signal signal, Scope scope)
    {
        var condition = signal.Condition!;
        var fact = FactOf(signal);
        var touched = new List<ConditionState>();
        if (fact is { Role: FactRole.Close, Instance: { } closed }) touched.AddRange(OpenedBy(closed, fact.First, scope.Options));
        if (touched.Count == 0 && FindOrAdd(condition, scope) is { } own) touched.Add(own);
        touched.ForEach(known => known.Add(fact, scope.Options));
        if (touched.Count == 0) return touched;
        if (fact is { Role: FactRole.Open, Instance: { } opened }) touched.AddRange(FetchCloses(touched[0], fact, scope.Options));
        if (condition.Kind == ConditionKind.FailedOperation)
        {
            foreach (var success in _successes.Where(success =>
                success.Fact.First >= fact.First && condition.Key == OperationPrefix + success.Operation))
                touched[0].Add(success.Fact, scope.Options);
        }

        return touched;
    }

    /// <summary>Adds a pulse that carries on an open condition and changes no more than when a time-out ends it.</summary>
    /// <returns>False where it may change more; then nothing was added.</returns>
    public bool TryContinue(Signal pulse, Scope scope)
    {
        if (pulse.Role != SignalRole.Pulse || !Rules.EndsByTimeOnly(pulse.Condition!.Kind) || scope.Life.AnyDeletion)
            return false;
        foreach (var known in _conditions)
        {
            if (known.Condition.Kind != pulse.Condition.Kind || known.Condition.Key != pulse.Condition.Key) continue;
            return known.Reported != 0 && known.Deadline > scope.Clock && known.TryContinue(pulse, scope.Options);
        }

        return false;
    }

    /// <summary>Notes that a signal came again; a copy that was stored earlier counts where the log time does.</summary>
    public List<ConditionState> Repeat(Signal signal) =>
        signal is { Role: SignalRole.Close, Condition: not null }
            ? _conditions.FindAll(known => known.Repeat(FactOf(signal))) : [];

    /// <summary>Notes that an operation succeeded: the counterpart of its failures before.</summary>
    /// <returns>The conditions that it touched.</returns>
    public List<ConditionState> Succeed(Signal change, Scope scope)
    {
        if (change.Detail?.Operation is not { } name) return [];
        var fact = Fact.Of(change, FactRole.Close, null) with { CauseKeys = [], Linked = [], OpenedAt = null };
        var success = new Success(name.ToLowerInvariant(), fact);
        _successes.Add(success);
        if (_successes.Count > scope.Options.MaxChangesInFlight)
        {
            _successes.Remove(_successes.MinBy(known => known.Fact)!);
            scope.Counts.ChangesDropped++;
        }

        var touched = _conditions.FindAll(known =>
            known.Condition.Kind == ConditionKind.FailedOperation && known.Condition.Key == OperationPrefix + success.Operation);
        touched.ForEach(known => known.Add(fact, scope.Options));
        return touched;
    }

    /// <summary>The episodes of a condition.</summary>
    public List<Episode> Episodes(ConditionState condition, Scope scope)
    {
        if (condition.Facts.Count == 0) return [];
        var hash = HashOf(condition.Condition);
        var settled = _settled.FindIndex(known => known.Condition == hash);
        var cuts = scope.Life.Deletions;
        var timeline = new Timeline(scope.RulesOf(condition), scope.Clock, cuts, Opened);
        var spans = timeline.Compute(condition.Facts, settled < 0 ? null : _settled[settled].End);
        return Episode.Of(spans, cuts);
    }

    /// <summary>Keeps the facts of a condition within the limit.</summary>
    public void Limit(ConditionState condition, Scope scope)
    {
        var limit = scope.Options.MaxFacts;
        if (condition.Facts.Count <= limit) return;
        var before = condition.Facts[^(limit / 4)].First;
        var folded = FactFolding.Fold(condition, Episodes(condition, scope), before, before);
        Remember(condition, folded, scope);
        condition.Degraded = true;
        scope.Counts.FactsDropped += folded.Fewer + FactFolding.Drop(condition, limit);
    }

    /// <summary>Forgets what is settled and folds what cannot change any more.</summary>
    /// <returns>The episodes that are not settled.</returns>
    public List<Episode> Tidy(ConditionState condition, List<Episode> episodes, Scope scope)
    {
        var (floor, rules) = (FactFolding.FloorOf(condition, episodes, scope), scope.RulesOf(condition));
        Remember(condition, FactFolding.Settle(condition, episodes, one => FactFolding.IsSettled(one, floor, rules), scope),
            scope);
        var kept = episodes.FindAll(one => !FactFolding.IsSettled(one, floor, rules));
        Remember(condition, FactFolding.Fold(condition, kept, scope.Watermark, floor), scope);
        return kept;
    }

    /// <summary>Forgets conditions without facts, and what no signal that can still come could meet.</summary>
    public void Forget(Scope scope)
    {
        _conditions.RemoveAll(known => known.Facts.Count == 0);
        _successes.RemoveAll(success => success.Fact.First < scope.Floor);
        var reach = scope.Watermark.PlusBounded(-scope.Options.ClaimReach - scope.Options.FlapGap);
        _settled.RemoveAll(known => known.End < reach);
        _known.RemoveAll(known => known.Opened < reach);
    }

    private static Fact FactOf(Signal signal)
    {
        var role =
            signal.Role switch { SignalRole.Open => FactRole.Open, SignalRole.Close => FactRole.Close, _ => FactRole.Pulse };
        var paired = role != FactRole.Pulse && Rules.HasInstances(signal.Condition!.Kind);
        return Fact.Of(signal, role, paired ? signal.Detail?.Instance : null);
    }

    /// <summary>
    /// A closing signal may name fewer dimensions than the opening and so come under another condition: the instance decides
    /// where it belongs.
    /// </summary>
    private List<ConditionState> FetchCloses(ConditionState own, Fact opening, ResourceOptions options)
    {
        var from = opening.First.PlusBounded(-options.FlapGap);
        var others = _conditions.FindAll(other => other != own && other.Closes(opening.Instance!, from).Count > 0);
        foreach (var other in others)
        {
            foreach (var close in other.Closes(opening.Instance!, from))
            {
                own.Add(close, options);
                if (!other.Opens(opening.Instance!, close.First.PlusBounded(options.FlapGap))) other.Facts.Remove(close);
            }
        }

        return others;
    }

    /// <summary>The conditions that a closing of an instance may meet an opening in: before it, or shortly after it.</summary>
    private List<ConditionState> OpenedBy(string instance, DateTimeOffset closed, ResourceOptions options) =>
        _conditions.FindAll(known => known.Opens(instance, closed.PlusBounded(options.FlapGap)));

    private ConditionState? FindOrAdd(Condition condition, Scope scope)
    {
        var found = _conditions.Find(known => known.Condition == condition);
        if (found is not null) return found;
        if (_conditions.Count >= scope.Options.MaxConditions && !MakeRoom(scope))
        {
            scope.Counts.ConditionsRefused++;
            return null;
        }

        found = new ConditionState(condition);
        _conditions.Add(found);
        return found;
    }

    /// <summary>The condition that ended first makes room; an open one never does.</summary>
    private bool MakeRoom(Scope scope)
    {
        var candidate = _conditions
            .Where(known => known.Deadline is null && Episodes(known, scope).TrueForAll(one => one.End is not null))
            .MinBy(known => known.Facts.Count == 0 ? DateTimeOffset.MinValue : known.Facts[^1].First);
        if (candidate is null) return false;
        scope.Counts.FactsDropped += candidate.Facts.Count;
        return _conditions.Remove(candidate);
    }

    /// <summary>Whether an instance opened between two moments, as far as a claim of its closing may go by it.</summary>
    private bool Opened(string instance, DateTimeOffset from, DateTimeOffset to)
    {
        if (_conditions.Exists(condition => condition.Facts.Exists(fact =>
            fact.Role == FactRole.Open && fact.Instance == instance && fact.First <= to && fact.Last >= from))) return true;
        var hash = HashOf(instance);
        return _known.Exists(known => known.Instance == hash && known.Opened >= from && known.Opened <= to);
    }

    private void Remember(ConditionState condition, Forgotten forgotten, Scope scope)
    {
        if (forgotten.End is { } end)
        {
            var hash = HashOf(condition.Condition);
            var former = _settled.FindIndex(known => known.Condition == hash);
            if (former >= 0 && _settled[former].End > end) end = _settled[former].End;
            if (former >= 0) _settled.RemoveAt(former);
            _settled.Add(new SettledEnd(hash, end));
            if (_settled.Count > scope.Options.MaxConditions) _settled.RemoveAt(0);
        }

        foreach (var opening in forgotten.Openings)
        {
            var hash = HashOf(opening.Instance!);
            var former = _known.FindIndex(known => known.Instance == hash);
            var opened = former >= 0 && _known[former].Opened > opening.Last ? _known[former].Opened : opening.Last;
            if (former >= 0) _known.RemoveAt(former);
            _known.Add(new KnownInstance(hash, opened));
            if (_known.Count > scope.Options.MaxKnownInstances) _known.RemoveAt(0);
        }
    }

    private static ulong HashOf(string instance) => XxHash64.HashToUInt64(MemoryMarshal.AsBytes(instance.AsSpan()));

    private static ulong HashOf(Condition condition) =>
        XxHash64.HashToUInt64(MemoryMarshal.AsBytes(condition.Key.AsSpan()), (long)condition.Kind);
}
