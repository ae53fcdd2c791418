namespace Correlation.Dependencies;

/// <summary>The bounds of what is read from an export.</summary>
public static class ResourceGraphLimits
{
    /// <summary>The most resources.</summary>
    public const int Rows = 200_000;

    /// <summary>The most edges that one row gives; what is beyond is left out and counted.</summary>
    public const int EdgesPerRow = 256;

    /// <summary>The most edges of a file.</summary>
    public const int Edges = 500_000;

    /// <summary>The most values of a row that are looked at.</summary>
    public const int ValuesPerRow = 20_000;

    /// <summary>The deepest nesting, the document's own included.</summary>
    public const int Depth = 64;

    /// <summary>The most mistakes that are listed.</summary>
    public const int Errors = 50;
}
