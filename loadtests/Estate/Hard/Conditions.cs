using Correlation.Estate.Failures;

namespace Correlation.Estate.Hard;

/// <summary>
/// Which conditions were disturbed when. Everything else of two failures may overlap, but not one condition: whoever sees only
/// the signals cannot tell two causes of it apart, so the truth could not be right.
/// </summary>
internal sealed class Conditions
{
    /// <summary>How far apart two disturbances of one condition are, in seconds.</summary>
    private const double Gap = 45 * 60;

    private readonly Dictionary<string, List<Claim>> taken = new(StringComparer.Ordinal);

    /// <summary>Takes the conditions of a scene, unless one is taken at that time.</summary>
    public bool TryTake(IReadOnlyList<Claim> claims)
    {
        if (claims.Any(IsTaken)) { return false; }

        foreach (var claim in claims)
        {
            if (!taken.TryGetValue(claim.Condition, out var list)) { taken[claim.Condition] = list = []; }

            list.Add(claim);
        }

        return true;
    }

    private bool IsTaken(Claim claim) => taken.TryGetValue(claim.Condition, out var list)
        && list.Exists(other => other.Start < claim.End + Gap && other.End > claim.Start - Gap);
}
