namespace Correlation.Estate;

/// <summary>How well one planted failure was found.</summary>
/// <param name="Failure">The failure's id.</param>
/// <param name="Main">The incident that holds most of its symptoms; null where none holds any.</param>
/// <param name="Held">The share of its symptoms that the main incident holds.</param>
/// <param name="Incidents">All incidents that hold any of its symptoms.</param>
/// <param name="Missing">Its symptoms that the main incident lacks.</param>
/// <param name="Passes">Whether one incident alone holds 90 % of it; for noise, whether at most one holds any.</param>
public sealed record FailureVerdict(
    string Failure,
    string? Main,
    double Held,
    IReadOnlyList<string> Incidents,
    IReadOnlyList<TruthSymptom> Missing,
    bool Passes);
