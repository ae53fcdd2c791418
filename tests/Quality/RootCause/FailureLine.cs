using System.Text.Json.Serialization;

namespace Correlation.Quality.RootCause;

/// <summary>One failure: what alerted. Root, type and service are not read.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Graph">Which graph it ran on.</param>
/// <param name="Alerts">Kind (M, T or L), entity, text, and for some another entity.</param>
internal sealed record FailureLine(
    [property: JsonPropertyName("id")] int Id,
    [property: JsonPropertyName("graph")] int Graph,
    [property: JsonPropertyName("alerts")] IReadOnlyList<IReadOnlyList<string>> Alerts);

/// <summary>What runs, and what calls or lies on what.</summary>
/// <param name="Graph">Its number.</param>
/// <param name="Nodes">The entities.</param>
/// <param name="Edges">Pairs of entities.</param>
internal sealed record GraphLine(
    [property: JsonPropertyName("graph")] int Graph,
    [property: JsonPropertyName("nodes")] IReadOnlyList<string> Nodes,
    [property: JsonPropertyName("edges")] IReadOnlyList<IReadOnlyList<string>> Edges);

/// <summary>What is written of a failure.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Ranking">The entities, the likeliest root first.</param>
/// <param name="Confidence">How sure the first is.</param>
internal sealed record RankingLine(
    [property: JsonPropertyName("id")] int Id,
    [property: JsonPropertyName("ranking")] IReadOnlyList<string> Ranking,
    [property: JsonPropertyName("confidence")] double Confidence);
