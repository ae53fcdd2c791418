namespace Correlation.Estate;

/// <summary>How well a correlator did on an estate.</summary>
/// <param name="Failures">Each planted failure.</param>
/// <param name="Mixed">Incidents that hold symptoms of two failures.</param>
/// <param name="Others">Incidents that are no failure's main one.</param>
public sealed record Verdict(
    IReadOnlyList<FailureVerdict> Failures, IReadOnlyList<string> Mixed, IReadOnlyList<string> Others)
{
    /// <summary>The most incidents that may exist beside the failures' own.</summary>
    public const int OthersAtMost = 3;

    /// <summary>Whether every failure was found, none mixed with another, and hardly anything else claimed.</summary>
    public bool Passes => Failures.All(f => f.Passes) && Mixed.Count == 0 && Others.Count <= OthersAtMost;
}
