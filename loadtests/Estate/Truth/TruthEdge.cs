namespace Correlation.Estate;

/// <summary>One resource needs another.</summary>
/// <param name="From">The resource that depends.</param>
/// <param name="To">The resource that it depends on.</param>
public sealed record TruthEdge(string From, string To);
