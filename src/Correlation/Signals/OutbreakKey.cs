using System.Collections.Immutable;

namespace Correlation.Signals;

/// <summary>The cause key that the anomalies of one outbreak share, and the rule that goes with it: two outbreaks of a
/// detector are two failures, because it saw the first end before the second began. So what belongs to different outbreaks
/// is neither one symptom that flaps nor linked, however near and related it is. What belongs to none says nothing here.
/// </summary>
public static class OutbreakKey
{
    /// <summary>What such a key begins with.</summary>
    public const string Prefix = "outbreak:";

    /// <summary>Whether both sides' keys name outbreaks and none in common.</summary>
    public static bool Parts(ImmutableArray<string> a, ImmutableArray<string> b)
    {
        if (a.IsDefaultOrEmpty || b.IsDefaultOrEmpty) return false;
        var apart = false;
        foreach (var key in a)
        {
            if (!key.StartsWith(Prefix, StringComparison.Ordinal)) continue;
            foreach (var other in b)
            {
                if (other == key) return false;
                apart |= other.StartsWith(Prefix, StringComparison.Ordinal);
            }
        }

        return apart;
    }
}
