namespace Correlation.Estate.Tests;

/// <summary>Estates that several tests read.</summary>
internal static class Days
{
    private static readonly Lazy<EstateDay> LazyDemo = new(() => AzureEstate.Generate(new EstateOptions()));

    /// <summary>The estate of the demo: seed 1, 48 hours.</summary>
    public static EstateDay Demo => LazyDemo.Value;

    /// <summary>The demo's planted failures but for the rule that only makes noise.</summary>
    public static IEnumerable<TruthFailure> Real => Demo.Truth.Failures.Where(f => f.Kind != "noisyRule");
}
