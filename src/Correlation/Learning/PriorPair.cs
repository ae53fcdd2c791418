namespace Correlation.Learning;

/// <summary>What other customers' counts say of a pair of kinds before the customer's own do.</summary>
/// <param name="Relation">How their resources are related.</param>
/// <param name="Before">The kind that begins first, as the fleet calls it.</param>
/// <param name="After">The kind that follows.</param>
/// <param name="Weight">How sure it is that it follows; see <see cref="LearnedCause.Weight"/>.</param>
/// <param name="Bins">Within how many bins of lags.</param>
/// <param name="Follows">How often it follows one start of the first.</param>
/// <param name="Chance">How often it would by chance.</param>
[GenerateSerializer, Immutable, Alias("prior-pair")]
public sealed record PriorPair(
    [property: Id(0)] Relation Relation,
    [property: Id(1)] string Before,
    [property: Id(2)] string After,
    [property: Id(3)] double Weight,
    [property: Id(4)] int Bins,
    [property: Id(5)] double Follows,
    [property: Id(6)] double Chance)
{
    /// <summary>How many starts of its own it is worth to a customer: what that has seen itself soon counts for more.</summary>
    public const double Starts = 3;

    /// <summary>How sure it is, as a logarithm of odds, that what holds elsewhere holds at a customer: what that has seen itself
    /// may speak so much against it.</summary>
    private const double Sure = 3;

    /// <summary>Whether a customer's own counts leave it standing: how often the first began there, and how often the second
    /// followed.</summary>
    public bool Stands(double starts, double seen) =>
        Sure + (seen * Math.Log((Follows + 1e-9) / (Chance + 1e-9))) - (starts * (Follows - Chance)) >= 0;
}
