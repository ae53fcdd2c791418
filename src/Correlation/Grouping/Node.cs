using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Correlation.Fleet;
using Correlation.Learning;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Grouping;

/// <summary>A symptom with what grouping looks at, and what it is compared and linked with.</summary>
internal sealed class Node
{
    /// <summary>Tells apart nodes of different conditions of a resource, or of different resources.</summary>
    public static readonly IEqualityComparer<Node> ByCondition = EqualityComparer<Node>.Create(
        (a, b) => ReferenceEquals(a, b) || (a!._ofCondition == b!._ofCondition && a.Resource == b.Resource
            && a.Symptom.Condition.Equals(b.Symptom.Condition)),
        node => node._ofCondition);

    private int _ofCondition;
    private LearnedModel? _model;
    private int _kind;
    private int _ofFleet;

    public Node(Symptom symptom, ResourcePlace place)
    {
        Place = place;
        Become(symptom);
    }

    public Symptom Symptom { get; private set; }

    public ResourcePlace Place { get; }

    /// <summary>Takes in what its symptom has come to: of the same id, condition and start.</summary>
    [MemberNotNull(nameof(Symptom), nameof(Dimensions))]
    public void Become(Symptom symptom)
    {
        Symptom = symptom;
        _model = null;
        Region = string.IsNullOrWhiteSpace(symptom.Region) ? null : symptom.Region;
        CauseKeys = symptom.CauseKeys.IsEmpty
            ? [] : [.. symptom.CauseKeys.Where(IsKey).Distinct().Order(StringComparer.Ordinal)];
        Linked = symptom.Linked.IsEmpty
            ? [] : [.. symptom.Linked.Select(id => id.Canonical).Distinct().Order(StringComparer.Ordinal)];
        Dimensions = Grouping.Dimensions.Of(symptom.Condition);
        DimensionNames = Grouping.Dimensions.NamesIn(Dimensions);
        Words = TextNames.Of(symptom);
        Saying = TextShape.Of(symptom);
        Ceased = CeasedAt(symptom);
        _ofCondition = HashCode.Combine(Resource, symptom.Condition);
    }

    public string Id => Symptom.Id;

    public DateTimeOffset Start => Symptom.Start;

    /// <summary>When it ended, or will end by itself: what lasts only until its time-out does not reach further before that has
    /// struck.</summary>
    public DateTimeOffset? End => Symptom.End ?? Symptom.ExpectedEnd;

    /// <summary>When what it says ceased, by its own signals: a time-out says only that nobody said more. Null where nothing
    /// tells.</summary>
    public DateTimeOffset? Ceased { get; private set; }

    /// <summary>When the last was said of it; null while more may come.</summary>
    public DateTimeOffset? Silent => Symptom.IsOpen ? null : Symptom.Signals is [.., var last] ? last.EventTime : Start;

    /// <summary>Whether nothing but time ends it, so that its own signals say how long it went on.</summary>
    public bool IsPulsed => Rules.EndsByTimeOnly(Symptom.Condition.Kind);

    public string Resource => Place.Resource;

    public bool IsScope => Place.IsScope;

    public string? Parent => Place.Parent;

    public string? Subscription => Place.Subscription;

    public string? Group => Place.Group;

    public string? Region { get; private set; }

    public ImmutableArray<string> CauseKeys { get; private set; }

    public ImmutableArray<string> Linked { get; private set; }

    public ImmutableDictionary<string, string> Dimensions { get; private set; }

    /// <summary>What its text names, itself and its own rule apart; in order.</summary>
    public ImmutableArray<string> Words { get; private set; }

    /// <summary>The values of its dimensions that name a thing, in order.</summary>
    public ImmutableArray<string> DimensionNames { get; private set; }

    /// <summary>What its error says whatever it names; null for nothing.</summary>
    public string? Saying { get; private set; }

    /// <summary>What is complained about whatever the dimensions, where it can be met on other resources; else null.</summary>
    public string? Rule
    {
        get
        {
            var (rule, key) = (RuleText.Length, Symptom.Condition.Key);
            return rule == 0 ? null : rule == key.Length ? key : key[..rule];
        }
    }

    /// <summary>Whether both have a <see cref="Rule"/>, and the same.</summary>
    public static bool HaveOneRule(Node a, Node b) => !a.RuleText.IsEmpty && a.RuleText.SequenceEqual(b.RuleText);

    private ReadOnlySpan<char> RuleText => Symptom.Condition.Kind switch
    {
        ConditionKind.Alert or ConditionKind.StatelessAlert => Grouping.Dimensions.RuleIn(Symptom.Condition),
        ConditionKind.FailedOperation => Symptom.Condition.Key,
        _ => [],
    };

    public bool IsPlatform => Symptom.Condition.Kind == ConditionKind.ServiceHealth;

    public bool IsHealth => Symptom.Condition.Kind == ConditionKind.ResourceHealth;

    public bool IsInformational => Symptom.Severity is Severity.Verbose or Severity.Informational;

    /// <summary>Whether its interval says that something lasted: not for what comes and goes or only informs.</summary>
    public bool Lasts => !Symptom.Flapping && !IsInformational;

    /// <summary>Sealed: it keeps its place in the indexes, so that the picks of others stay as they are,
    /// and links to nothing.</summary>
    public bool Sealed { get; set; }

    /// <summary>The index lists that it is in.</summary>
    public ImmutableArray<IndexKey> In { get; set; } = [];

    /// <summary>The index lists that it looks for candidates in.</summary>
    public ImmutableArray<IndexKey> Reads { get; set; } = [];

    /// <summary>The changes that may explain it, best first.</summary>
    public ImmutableArray<Explaining> ExplainedBy { get; set; } = [];

    /// <summary>The rhythm of its condition; null where that came once.</summary>
    public Rhythm? Rhythm { get; set; }

    /// <summary>Tells it from all other nodes of its graph, and from itself while it weighed otherwise with others.</summary>
    public long Stamp { get; set; }

    /// <summary>What the graph marked it with last.</summary>
    public long Mark { get; set; }

    /// <summary>The visit in which it was seen last.</summary>
    public long Visit { get; set; }

    /// <summary>How many symptoms its component had when that was grouped last, or is known to have at least; 0 before.</summary>
    public int Component { get; set; }

    /// <summary>The group that it is in while its component is partitioned.</summary>
    public Group? InGroup { get; set; }

    /// <summary>What it is compared with, because one of the two picked the other, and linked with.</summary>
    public Neighbours Neighbours { get; } = new();

    /// <summary>The number of its kind of condition in a model; -1 where that says nothing of it.</summary>
    public int KindIn(LearnedModel model)
    {
        Know(model);
        return _kind;
    }

    /// <summary>The number of its kind of condition in what other customers taught a model; -1 for none.</summary>
    public int FleetKindIn(LearnedModel model)
    {
        Know(model);
        return _ofFleet;
    }

    /// <summary>The order of every index: by start, then id.</summary>
    public static int Compare(Node a, Node b)
    {
        var order = a.Start.CompareTo(b.Start);
        return order != 0 ? order : string.CompareOrdinal(a.Id, b.Id);
    }

    private static DateTimeOffset? CeasedAt(Symptom symptom) => symptom.EndReason switch
    {
        EndReason.Resolved or EndReason.Counterpart or EndReason.HealthReturned => symptom.End,
        EndReason.TimedOut when symptom is { End: not null, Signals.Length: > 1 } => symptom.Signals[^1].EventTime,
        _ => null,
    };

    private void Know(LearnedModel model)
    {
        if (ReferenceEquals(model, _model)) return;
        var kind = ConditionType.Of(Symptom);
        (_model, _kind) = (model, model.KindOf(kind));
        _ofFleet = !model.Fleet.IsEmpty && FleetKind.Of(kind) is { } shared ? model.KindOf(shared) : -1;
    }

    /// <summary>A key that is empty, or an id of only zeros, is no key.</summary>
    private static bool IsKey(string key)
    {
        var value = key.AsSpan(key.IndexOf(':') + 1).Trim();
        return value.ContainsAnyExcept("0-".AsSpan()) && !value.Equals("null", StringComparison.OrdinalIgnoreCase);
    }
}
