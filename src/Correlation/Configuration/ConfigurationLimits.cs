namespace Correlation.Configuration;

/// <summary>The bounds of what is kept of configuration. Constants, because a fold gives the same state wherever it is
/// made.</summary>
public static class ConfigurationLimits
{
    /// <summary>The largest file, in bytes.</summary>
    public const int FileBytes = 64 * 1024 * 1024;

    /// <summary>The most versions of a kind that are listed, the newest.</summary>
    public const int Versions = 200;

    /// <summary>The most versions of a kind whose content is kept, the newest: what is older goes by the oldest of
    /// them.</summary>
    public const int Contents = 20;

    /// <summary>The most bytes of content that are kept of a kind, as stored; the newest version's is kept whatever its
    /// size.</summary>
    public const int ContentBytes = 64 * 1024 * 1024;
}
