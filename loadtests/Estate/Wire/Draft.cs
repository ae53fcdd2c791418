namespace Correlation.Estate.Wire;

/// <summary>One message before it has its place in the bundle.</summary>
/// <param name="At">When the stream stores it.</param>
/// <param name="Family">Its family.</param>
/// <param name="Body">Its payload.</param>
/// <param name="EventTimes">The event time of each record; NaN for one that is malformed.</param>
internal sealed record Draft(double At, Family Family, string Body, IReadOnlyList<double> EventTimes)
{
    /// <summary>Whether it repeats an earlier message.</summary>
    public bool Duplicate { get; init; }
}
