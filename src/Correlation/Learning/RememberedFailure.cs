using System.Collections.Immutable;

namespace Correlation.Learning;

/// <summary>A sealed incident as its customer remembers it: what told of the failure, compact, and what is known of its
/// cause.</summary>
[GenerateSerializer, Immutable, Alias("remembered-failure")]
public sealed record RememberedFailure
{
    /// <summary>The most resources of a failure; those with symptoms go before those without.</summary>
    public const int MaxResources = 150;

    /// <summary>The most things that told of it.</summary>
    public const int MaxClues = 300;

    /// <summary>The incident.</summary>
    [Id(0)] public required string Incident { get; init; }

    /// <summary>The id of its first symptom.</summary>
    [Id(1)] public required string FirstSymptom { get; init; }

    /// <summary>When the last ended of all symptoms that might have belonged to it, event time.</summary>
    [Id(2)] public DateTimeOffset Over { get; init; }

    /// <summary>The canonical ids of what may be the cause, in order.</summary>
    [Id(3)] public ImmutableArray<string> Resources { get; init; } = [];

    /// <summary>What told of it.</summary>
    [Id(4)] public ImmutableArray<RememberedClue> Clues { get; init; } = [];

    /// <summary>The likeliest cause, where it was sure enough; null where none was.</summary>
    [Id(5)] public string? Cause { get; init; }

    /// <summary>How sure that was.</summary>
    [Id(6)] public double Sure { get; init; }

    /// <summary>What operators said of the cause, in order.</summary>
    [Id(7)] public ImmutableArray<ToldCause> Told { get; init; } = [];

    /// <summary>Keeps a failure.</summary>
    /// <param name="incident">The incident's id.</param>
    /// <param name="failure">What told of it.</param>
    public static RememberedFailure Of(string incident, FailureEvidence failure)
    {
        var shows = failure.All.Select(clue => clue.Resource).ToHashSet();
        ImmutableArray<string> kept =
        [
            .. failure.Resources.OrderBy(id => !shows.Contains(id)).ThenBy(id => id, StringComparer.Ordinal).Take(MaxResources)
                .Order(StringComparer.Ordinal),
        ];
        var places = kept.Index().ToDictionary(one => one.Item, one => one.Index);
        return new RememberedFailure
        {
            Incident = incident,
            FirstSymptom = failure.Id,
            Over = failure.Over,
            Resources = kept,
            Clues =
            [
                .. failure.All.Where(clue => places.ContainsKey(clue.Resource)).Take(MaxClues)
                    .Select(clue => new RememberedClue(places[clue.Resource], clue.Kind, clue.Key, clue.Class, clue.Early)),
            ],
        };
    }

    /// <summary>The failure as it is learnt from.</summary>
    public FailureEvidence Evidence() => FailureEvidence.Restored(this);

    /// <summary>It with one instance of each text, those that others hold already: stored once together.</summary>
    internal RememberedFailure Sharing(Func<string, string> shared) => this with
    {
        Resources = [.. Resources.Select(shared)],
        Clues = [.. Clues.Select(clue => clue with { Key = shared(clue.Key), Class = shared(clue.Class) })],
        Cause = Cause is null ? null : shared(Cause),
    };
}

/// <summary>One thing that told of a remembered failure; see <see cref="Clue"/>.</summary>
/// <param name="Resource">The place of its resource among the failure's.</param>
/// <param name="Kind">What sort of thing it is.</param>
/// <param name="Key">The condition's key; of a mention also who complained.</param>
/// <param name="Class">Equal for like things on all resources.</param>
/// <param name="Early">How early it was.</param>
[GenerateSerializer, Immutable, Alias("remembered-clue")]
public readonly record struct RememberedClue(
    [property: Id(0)] int Resource,
    [property: Id(1)] ClueKind Kind,
    [property: Id(2)] string Key,
    [property: Id(3)] string Class,
    [property: Id(4)] double Early);
