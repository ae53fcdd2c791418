using System.Collections.Immutable;
using Correlation.Grouping;
using Correlation.Resources;

namespace Correlation.Learning;

/// <summary>All that tells of one failure, by resource, and the resources around it that say nothing. Immutable.</summary>
public sealed class FailureEvidence
{
    /// <summary>The most symptoms that are looked at, the earliest; a group has no more unless it is configured so.</summary>
    internal const int MaxSymptoms = 500;

    /// <summary>The most resources that are looked at beside those with symptoms.</summary>
    internal const int MaxSilent = 500;

    private FailureEvidence(string id, DateTimeOffset over, ImmutableArray<Clue> all, ImmutableArray<string> resources) =>
        (Id, Over, All, Resources) = (id, over, all, resources);

    private KnownCause? Sure { get; init; }

    private ImmutableArray<ToldCause> Told { get; init; } = [];

    /// <summary>The id of its first symptom: equal in every replay.</summary>
    public string Id { get; }

    /// <summary>When the last ended of its symptoms, and of those that might have belonged to it, event time; the end of time
    /// where one is open.</summary>
    public DateTimeOffset Over { get; }

    /// <summary>Each thing once, by resource, kind and key.</summary>
    public ImmutableArray<Clue> All { get; }

    /// <summary>The canonical ids of what may be the cause, in order: what has symptoms, what is named by them, and what is next
    /// to them in the topology.</summary>
    public ImmutableArray<string> Resources { get; }

    /// <summary>Reads the symptoms of an incident.</summary>
    /// <param name="symptoms">Its symptoms.</param>
    /// <param name="topology">What depends on what.</param>
    /// <param name="over">When all was over that might have belonged to it; null for the end of its last symptom.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static FailureEvidence Of(
        IReadOnlyCollection<Symptom> symptoms, TopologyHistory topology, DateTimeOffset? over = null)
    {
        if (symptoms.Count == 0) throw new ArgumentException("A failure has symptoms.", nameof(symptoms));
        var members = symptoms.OrderBy(symptom => symptom.Start).ThenBy(symptom => symptom.Id, StringComparer.Ordinal)
            .Take(MaxSymptoms).ToList();
        var graph = topology.At(members[0].Start).Topology;
        var all = Own(members).Concat(members.SelectMany(Mentions))
            .GroupBy(one => (one.Resource, one.Kind, one.Key))
            .Select(same => same.MaxBy(one => one.Early))
            .OrderBy(one => one.Resource, StringComparer.Ordinal).ThenBy(one => one.Kind)
            .ThenBy(one => one.Key, StringComparer.Ordinal).ToImmutableArray();
        var own = members.Select(symptom => symptom.Resource.Canonical).Distinct().ToList();
        var silent = all.Select(one => one.Resource)
            .Concat(own.Order(StringComparer.Ordinal).SelectMany(id => graph.Upstream(id).Concat(graph.Downstream(id))))
            .Except(own).Take(MaxSilent);
        return new FailureEvidence(
            members[0].Id, over ?? symptoms.Max(symptom => symptom.End ?? DateTimeOffset.MaxValue), all,
            [.. own.Concat(silent).Order(StringComparer.Ordinal)]);
    }

    /// <summary>What is known of its cause at a time: an operator's word until then, else what was sure by itself.</summary>
    public KnownCause? CauseAt(DateTimeOffset time)
    {
        for (var i = Told.Length - 1; i >= 0; i--)
        {
            if (Told[i].At <= time) return new KnownCause(Told[i].Resource.Canonical, 1);
        }

        return Sure;
    }

    /// <summary>A failure that was kept. A clue whose place is none (another program stored it) is passed over.</summary>
    internal static FailureEvidence Restored(RememberedFailure kept) => new(
        kept.FirstSymptom,
        kept.Over,
        [
            .. kept.Clues.Where(clue => (uint)clue.Resource < (uint)kept.Resources.Length)
                .Select(clue => new Clue(kept.Resources[clue.Resource], clue.Kind, clue.Key, clue.Class, clue.Early)),
        ],
        kept.Resources)
    {
        Sure = kept.Cause is { } cause ? new KnownCause(cause, kept.Sure) : null,
        Told = kept.Told,
    };

    /// <summary>Where a state comes among all states of the failure says how early it is; equal starts share their
    /// places.</summary>
    private static IEnumerable<Clue> Own(List<Symptom> members)
    {
        var starts = members.Where(symptom => Clue.KindOf(symptom.Condition) == ClueKind.State)
            .Select(symptom => symptom.Start).ToList();
        var place = starts.Index().GroupBy(one => one.Item)
            .ToDictionary(same => same.Key, same => same.Average(one => one.Index) / starts.Count);
        return members.Select(symptom =>
        {
            var kind = Clue.KindOf(symptom.Condition);
            var key = symptom.Condition.Key;
            var early = kind == ClueKind.State ? 1.5 - place[symptom.Start] : 1;
            return new Clue(symptom.Resource.Canonical, kind, key, Clue.ClassOf(kind, key), early);
        });
    }

    private static IEnumerable<Clue> Mentions(Symptom symptom)
    {
        var named = Clue.ClassOf(Clue.KindOf(symptom.Condition), symptom.Condition.Key);
        return symptom.Linked.Where(other => !other.Equals(symptom.Resource)).Select(other => new Clue(
            other.Canonical, ClueKind.Mention, $"{symptom.Condition.Key}\n{symptom.Resource.Canonical}", named, 1));
    }
}
