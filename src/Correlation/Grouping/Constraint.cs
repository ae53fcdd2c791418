namespace Correlation.Grouping;

/// <summary>An operator's word on two symptoms.</summary>
/// <param name="A">One symptom's id.</param>
/// <param name="B">The other's.</param>
/// <param name="Together">True: they belong together whatever the evidence says; false: they never share an incident.</param>
/// <param name="Actor">Who said so.</param>
[GenerateSerializer, Immutable, Alias("constraint")]
public sealed record Constraint(
    [property: Id(0)] string A,
    [property: Id(1)] string B,
    [property: Id(2)] bool Together,
    [property: Id(3)] string Actor)
{
    /// <summary>Whether it is about one symptom of each set, in either order.</summary>
    public bool Spans(IReadOnlySet<string> one, IReadOnlySet<string> other) =>
        (one.Contains(A) && other.Contains(B)) || (one.Contains(B) && other.Contains(A));
}
