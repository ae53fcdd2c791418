using System.Collections.Concurrent;

namespace Correlation.Estate.Tests;

/// <summary>Estates that several tests read.</summary>
internal static class Days
{
    private static readonly ConcurrentDictionary<(ulong, int), Lazy<EstateDay>> Made = new();

    /// <summary>The estate of the demo: seed 1, 48 hours.</summary>
    public static EstateDay Demo { get; } = Of(1, 48);

    /// <summary>An estate, made once.</summary>
    public static EstateDay Of(ulong seed, int hours) => Made.GetOrAdd(
        (seed, hours),
        _ => new Lazy<EstateDay>(() => AzureEstate.Generate(new EstateOptions { Seed = seed, Hours = hours }))).Value;

    /// <summary>The demo's planted failures but for the rule that only makes noise.</summary>
    public static IEnumerable<TruthFailure> Real => Demo.Truth.Failures.Where(f => f.Kind != "noisyRule");
}
