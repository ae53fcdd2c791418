using System.Text;

namespace Correlation.Decoding;

/// <summary>The categories of the activity log.</summary>
internal enum ActivityCategory : byte
{
    /// <summary>None of them.</summary>
    None,

    /// <summary>Administrative, and Write, Delete and Action of older exports.</summary>
    Administrative,

    /// <summary>Platform events.</summary>
    ServiceHealth,

    /// <summary>The health of a resource.</summary>
    ResourceHealth,

    /// <summary>Classic alerts.</summary>
    Alert,

    /// <summary>Scaling by the autoscale engine.</summary>
    Autoscale,

    /// <summary>Advisor.</summary>
    Recommendation,

    /// <summary>Defender for Cloud.</summary>
    Security,

    /// <summary>Azure Policy.</summary>
    Policy,
}

/// <summary>Reads the words for categories.</summary>
internal static class ActivityCategories
{
    /// <summary>The category of a word.</summary>
    public static ActivityCategory Of(ReadOnlySpan<byte> word)
    {
        if (Is(word, "Administrative"u8) || Is(word, "Write"u8) || Is(word, "Delete"u8) || Is(word, "Action"u8))
            return ActivityCategory.Administrative;
        if (Is(word, "ServiceHealth"u8) || Is(word, "Service Health"u8)) return ActivityCategory.ServiceHealth;
        if (Is(word, "ResourceHealth"u8) || Is(word, "Resource Health"u8)) return ActivityCategory.ResourceHealth;
        if (Is(word, "Alert"u8)) return ActivityCategory.Alert;
        if (Is(word, "Autoscale"u8)) return ActivityCategory.Autoscale;
        if (Is(word, "Recommendation"u8)) return ActivityCategory.Recommendation;
        if (Is(word, "Security"u8)) return ActivityCategory.Security;
        return Is(word, "Policy"u8) ? ActivityCategory.Policy : ActivityCategory.None;
    }

    /// <summary>Whether two words are equal but for case.</summary>
    public static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> known) => Ascii.EqualsIgnoreCase(word, known);
}
