using System.Collections.Concurrent;

namespace Correlation.Estate.Tests;

/// <summary>Hard estates that several tests read; what nothing is wrong with is left out.</summary>
internal static class HardDays
{
    private static readonly ConcurrentDictionary<EstateOptions, Lazy<EstateDay>> Made = new();

    /// <summary>All kinds for reporting, without quiet traffic.</summary>
    public static EstateOptions Reporting { get; } =
        new() { Kinds = EstateOptions.ReportingKinds, QuietTraffic = false };

    /// <summary>The reporting estate of seed 1.</summary>
    public static EstateDay First => Of(Reporting);

    /// <summary>An estate, made once.</summary>
    public static EstateDay Of(EstateOptions options) =>
        Made.GetOrAdd(options, _ => new Lazy<EstateDay>(() => AzureEstate.Generate(options))).Value;
}
