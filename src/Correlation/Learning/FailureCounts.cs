using System.Collections.Immutable;

namespace Correlation.Learning;

/// <summary>Failures by number: their resources, and what they show, each once.</summary>
internal sealed class FailureCounts
{
    private readonly Dictionary<(int Resource, ClueKind Kind, string Key), int> _evidence = [];
    private readonly Dictionary<(ClueKind Kind, string Key), int> _classes = [];
    private readonly List<int> _seen = [];
    private readonly List<int> _classOf = [];

    /// <summary>Of no failure.</summary>
    public static FailureCounts None { get; } = new();

    public Dictionary<string, int> Resources { get; } = [];

    public int Failures => Cases.Count;

    public int Classes => _classes.Count;

    /// <summary>In how many failures each thing was seen.</summary>
    public IReadOnlyList<int> Seen => _seen;

    /// <summary>The class of each thing.</summary>
    public IReadOnlyList<int> ClassOf => _classOf;

    public List<FailureCase> Cases { get; } = [];

    /// <summary>Counts failures, and what is known of the cause of each.</summary>
    public static FailureCounts Of(IEnumerable<(FailureEvidence Failure, KnownCause? Cause)> failures)
    {
        var counts = new FailureCounts();
        foreach (var (failure, cause) in failures) counts.Add(failure, cause);
        return counts;
    }

    /// <summary>The number of a thing; -1 where it was never seen.</summary>
    public int Find(Clue one, int resource) => _evidence.GetValueOrDefault((resource, one.Kind, one.Key), -1);

    /// <summary>The number of its class; -1 where none of it was ever seen.</summary>
    public int FindClass(Clue one) => _classes.GetValueOrDefault((one.Kind, one.Class), -1);

    private void Add(FailureEvidence failure, KnownCause? cause)
    {
        var slots = new Dictionary<string, int>();
        var resources = cause is { } known && !failure.Resources.Contains(known.Resource)
            ? failure.Resources.Add(known.Resource) : failure.Resources;
        foreach (var resource in resources)
        {
            slots[resource] = slots.Count;
            Resources.TryAdd(resource, Resources.Count);
        }

        var shown = failure.All.Where(one => slots.ContainsKey(one.Resource)).Select(one =>
        {
            var number = Number(one);
            _seen[number]++;
            return new ShownClue(slots[one.Resource], number, (int)one.Kind, one.Early);
        });
        Cases.Add(new FailureCase([.. resources.Select(resource => Resources[resource])], [.. shown])
        {
            Cause = cause is { } one ? slots[one.Resource] : -1,
            Sure = cause?.Sure ?? 0,
        });
    }

    private int Number(Clue one)
    {
        var key = (Resources[one.Resource], one.Kind, one.Key);
        if (_evidence.TryGetValue(key, out var number)) return number;
        if (!_classes.TryGetValue((one.Kind, one.Class), out var like))
            _classes[(one.Kind, one.Class)] = like = _classes.Count;
        _evidence[key] = number = _seen.Count;
        _seen.Add(0);
        _classOf.Add(like);
        return number;
    }
}

/// <summary>One failure.</summary>
/// <param name="Resources">The numbers of its resources.</param>
/// <param name="Shown">What they show.</param>
internal sealed record FailureCase(ImmutableArray<int> Resources, ImmutableArray<ShownClue> Shown)
{
    /// <summary>Which of its resources is known to be the cause; -1 for none.</summary>
    public int Cause { get; init; } = -1;

    /// <summary>How sure that is.</summary>
    public double Sure { get; init; }

    /// <summary>What is believed of each resource: as guessed, but where the cause is known it has its share, and the others what
    /// is left, as guessed among them.</summary>
    public double[] Believed(double[] guessed)
    {
        if (Cause < 0) return guessed;
        var others = 1 - guessed[Cause];
        return
        [
            .. guessed.Select((share, slot) => slot == Cause ? Sure : others > 0 ? share * (1 - Sure) / others : 0),
        ];
    }
}

/// <summary>A thing that a resource of a failure shows.</summary>
/// <param name="Slot">Which of the failure's resources.</param>
/// <param name="Number">The thing's number.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Early">See <see cref="Clue.Early"/>.</param>
internal readonly record struct ShownClue(int Slot, int Number, int Kind, double Early);
