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

    /// <summary>The conditions, in the order in which they were first seen.</summary>
    public IReadOnlyList<ConditionState> All => _conditions;

    /// <summary>The earliest moment that any fact speaks of; null where there is none.</summary>
    public DateTimeOffset? Earliest => _conditions.Where(known => known.Facts.Count > 0).Min(known => (DateTimeOffset?)known.Facts[0].First);

    /// <summary>Adds what a signal says to the conditions that it is about.</summary>
    /// <returns>The conditions that it touched.</returns>
    public List<ConditionState> Add(Signal signal, Scope scope)
    {
        var condition = signal.Condition!;
        var fact = FactOf(signal);
        var touched = new List<ConditionState>();
        if (fact is { Role: FactRole.Close, Instance: { } closed }) touched.AddRange(_conditions.Where(known => known.Opens(closed)));
        if (touched.Count == 0 && FindOrAdd(condition, scope) is { } own) touched.Add(own);
        touched.ForEach(known => known.Add(fact, scope.Options));
        if (touched.Count == 0) return touched;
        if (fact is { Role: FactRole.Open, Instance: { } opened }) touched.AddRange(FetchCloses(touched[0], opened, scope.Options));
        if (condition.Kind == ConditionKind.FailedOperation)
        {
            foreach (var success in _successes.Where(success =>
                success.Fact.First >= fact.First && condition.Key == OperationPrefix + success.Operation))
                touched[0].Add(success.Fact, scope.Options);
        }

        return touched;
    }

    /// <summary>Notes that a signal came again; a copy that was stored earlier counts where the log time does.</summary>
    public List<ConditionState> Repeat(Signal signal) =>
        signal is { Role: SignalRole.Close, Condition: not null } ? _conditions.FindAll(known => known.Repeat(FactOf(signal))) : [];

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
        var timeline = new Timeline(new Rules(scope.Options, condition.Condition.Kind), scope.Clock, scope.Life.Deletions);
        var spans = timeline.Compute(condition.Facts, settled < 0 ? null : _settled[settled].End);
        return Episode.Of(spans, scope.Options.FlapGap);
    }

    /// <summary>Keeps the facts of a condition within the limit.</summary>
    public void Limit(ConditionState condition, Scope scope)
    {
        var limit = scope.Options.MaxFacts;
        if (condition.Facts.Count <= limit) return;
        var before = condition.Facts[^(limit / 4)].First;
        var dropped = FactFolding.Fold(condition, Episodes(condition, scope), before) + FactFolding.Drop(condition, limit);
        condition.Degraded = true;
        scope.Counts.FactsDropped += dropped;
    }

    /// <summary>Forgets what is settled and folds what cannot change any more.</summary>
    public void Tidy(ConditionState condition, List<Episode> episodes, Scope scope)
    {
        if (FactFolding.Settle(condition, episodes, scope.Floor, scope.Watermark) is { } end) Settle(HashOf(condition.Condition), end, scope);
        FactFolding.Fold(condition, episodes.FindAll(episode => !FactFolding.IsSettled(episode, scope.Floor)), scope.Watermark);
    }

    /// <summary>Forgets conditions without facts, and what no signal that can still come could meet.</summary>
    public void Forget(Scope scope)
    {
        _conditions.RemoveAll(known => known.Facts.Count == 0);
        _successes.RemoveAll(success => success.Fact.First < scope.Floor);
        var reach = scope.Watermark.PlusBounded(-scope.Options.ClaimReach - scope.Options.FlapGap);
        _settled.RemoveAll(known => known.End < reach);
    }

    private static Fact FactOf(Signal signal)
    {
        var role = signal.Role switch { SignalRole.Open => FactRole.Open, SignalRole.Close => FactRole.Close, _ => FactRole.Pulse };
        var paired = role != FactRole.Pulse && Rules.HasInstances(signal.Condition!.Kind);
        return Fact.Of(signal, role, paired ? signal.Detail?.Instance : null);
    }

    /// <summary>
    /// A closing signal may name fewer dimensions than the opening and so come under another condition: the instance decides
    /// where it belongs.
    /// </summary>
    private List<ConditionState> FetchCloses(ConditionState own, string instance, ResourceOptions options)
    {
        var others = _conditions.FindAll(other => other != own && other.Closes(instance).Count > 0);
        foreach (var other in others)
        {
            other.Closes(instance).ForEach(close => own.Add(close, options));
            if (!other.Opens(instance)) other.Facts.RemoveAll(fact => fact.Role == FactRole.Close && fact.Instance == instance);
        }

        return others;
    }

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
        var candidate = _conditions.Where(known => known.Deadline is null && Episodes(known, scope).TrueForAll(one => one.End is not null))
            .MinBy(known => known.Facts.Count == 0 ? DateTimeOffset.MinValue : known.Facts[^1].First);
        if (candidate is null) return false;
        scope.Counts.FactsDropped += candidate.Facts.Count;
        return _conditions.Remove(candidate);
    }

    private void Settle(ulong condition, DateTimeOffset end, Scope scope)
    {
        _settled.RemoveAll(known => known.Condition == condition);
        _settled.Add(new SettledEnd(condition, end));
        if (_settled.Count > scope.Options.MaxConditions) _settled.RemoveAt(0);
    }

    private static ulong HashOf(Condition condition) =>
        XxHash64.HashToUInt64(MemoryMarshal.AsBytes(condition.Key.AsSpan()), (long)condition.Kind);
}
