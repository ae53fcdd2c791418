namespace Correlation.LoadTests.Chaos;

/// <summary>What a chaos run is made of.</summary>
/// <param name="Silos">How many silo processes.</param>
/// <param name="Minutes">How long load is sent and faults are made.</param>
/// <param name="Seed">What the estate and the faults are drawn from.</param>
/// <param name="Rate">Messages a second; 0 for 30 % of what the cluster reaches, measured first.</param>
/// <param name="Keep">Whether the run's folder, with all logs, is kept.</param>
internal sealed record ChaosOptions(int Silos, double Minutes, ulong Seed, double Rate, bool Keep)
{
    /// <summary>How long load is sent.</summary>
    public TimeSpan Length => TimeSpan.FromMinutes(Minutes);

    /// <summary>Another build of the product for the first silo: old and new binaries side by side.</summary>
    public string? OtherBinaries { get; init; }

    /// <summary>Whether faults are made at all.</summary>
    public bool Faults { get; init; } = true;
}
