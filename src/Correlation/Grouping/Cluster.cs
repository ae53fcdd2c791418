namespace Correlation.Grouping;

/// <summary>Symptoms that belong together, and the links that joined them.</summary>
/// <param name="Members">The symptoms' ids, in order.</param>
/// <param name="Joins">The pairs that joined them, in the order they did.</param>
internal sealed record Cluster(IReadOnlyList<string> Members, IReadOnlyList<(string From, string To)> Joins);
