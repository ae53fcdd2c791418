using System.Collections.Immutable;
using Correlation.Grouping;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Incidents;

/// <summary>Why two things are, or are not, together.</summary>
/// <param name="Together">Whether they are.</param>
/// <param name="Text">The answer in one line; hostile text.</param>
/// <param name="Links">The links that join them, or the nearest misses; strongest first, at most 5.</param>
[GenerateSerializer, Immutable, Alias("explanation")]
public sealed record Explanation(
    [property: Id(0)] bool Together,
    [property: Id(1)] string Text,
    [property: Id(2)] ImmutableArray<Link> Links)
{
    /// <summary>Everything behind the answer; null from a silo of an older program.</summary>
    [Id(3)] public ExplanationDetail? Detail { get; init; }
}

/// <summary>Everything behind an <see cref="Explanation"/>.</summary>
[GenerateSerializer, Immutable, Alias("explanation-detail")]
public sealed record ExplanationDetail
{
    /// <summary>What keeps them apart.</summary>
    [Id(0)] public Separation Rule { get; init; }

    /// <summary>What was understood by the one.</summary>
    [Id(1)] public required ExplainedThing One { get; init; }

    /// <summary>What was understood by the other.</summary>
    [Id(2)] public required ExplainedThing Other { get; init; }

    /// <summary>The score that is needed: between two symptoms, or of two groups on the mean where that keeps them
    /// apart.</summary>
    [Id(3)] public double Threshold { get; init; }

    /// <summary>What the score lacks; 0 where nothing is missing.</summary>
    [Id(4)] public double Missing { get; init; }

    /// <summary>The terms that the nearest miss does not have, by what each could add, largest first; at most 3.</summary>
    [Id(5)] public ImmutableArray<Evidence> Absent { get; init; } = [];

    /// <summary>Of two groups that are apart although linked, the pair of conditions with the least to do with each
    /// other.</summary>
    [Id(6)] public Link? Farthest { get; init; }

    /// <summary>The operator whose word counts: who put them together, or keeps them apart; null for nobody.</summary>
    [Id(7)] public string? Operator { get; init; }

    /// <summary>What became of the signal, where a position was asked for that is no symptom.</summary>
    [Id(8)] public Fate? Fate { get; init; }

    /// <summary>The links that lead from the one to the other; at most 20.</summary>
    [Id(9)] public ImmutableArray<PathStep> Path { get; init; } = [];

    /// <summary>How many links the whole path has.</summary>
    [Id(10)] public int PathLength { get; init; }

    /// <summary>The change weighed as a cause; null where none was asked for.</summary>
    [Id(11)] public ChangeJudgement? Change { get; init; }

    /// <summary>The version of customers.json that the two were, or would be, compared by; 0 where there was none.</summary>
    [Id(12)] public int Configuration { get; init; }

    /// <summary>The symptoms that links and path name, each once, by id.</summary>
    [Id(13)] public ImmutableArray<ExplainedSymptom> Symptoms { get; init; } = [];
}

/// <summary>What was understood by a text.</summary>
/// <param name="Kind"><c>signal</c>, <c>symptom</c>, <c>resource</c>, <c>incident</c>, <c>change</c> or <c>unknown</c>.</param>
/// <param name="Id">Its id.</param>
/// <param name="Title">One line for people; hostile text.</param>
/// <param name="Symptoms">How many symptoms of it were looked at.</param>
/// <param name="Incident">The incident that holds the first of those; null for none.</param>
[GenerateSerializer, Immutable, Alias("explained-thing")]
public sealed record ExplainedThing(
    [property: Id(0)] string Kind,
    [property: Id(1)] string Id,
    [property: Id(2)] string Title,
    [property: Id(3)] int Symptoms,
    [property: Id(4)] string? Incident);

/// <summary>A symptom that an explanation names.</summary>
[GenerateSerializer, Immutable, Alias("explained-symptom")]
public sealed record ExplainedSymptom(
    [property: Id(0)] string Id,
    [property: Id(1)] ResourceId Resource,
    [property: Id(2)] Condition Condition,
    [property: Id(3)] DateTimeOffset Start,
    [property: Id(4)] string? Incident);

/// <summary>One step of the way from one symptom to another.</summary>
/// <param name="From">The symptom it leads from.</param>
/// <param name="To">The symptom it leads to.</param>
/// <param name="Link">The evidence between the two.</param>
/// <param name="Operator">Who said that the two belong together; null where the evidence alone does.</param>
[GenerateSerializer, Immutable, Alias("path-step")]
public sealed record PathStep(
    [property: Id(0)] string From,
    [property: Id(1)] string To,
    [property: Id(2)] Link Link,
    [property: Id(3)] string? Operator);

/// <summary>A change weighed as the cause of an incident, whether it counts or not.</summary>
/// <param name="Change">The change.</param>
/// <param name="Score">What its terms add up to.</param>
/// <param name="Terms">The terms, those that are nothing included.</param>
/// <param name="Place">Its place among the changes that count, from 1; 0 where it does not count.</param>
[GenerateSerializer, Immutable, Alias("change-judgement")]
public sealed record ChangeJudgement(
    [property: Id(0)] Change Change,
    [property: Id(1)] double Score,
    [property: Id(2)] ImmutableArray<Evidence> Terms,
    [property: Id(3)] int Place);
