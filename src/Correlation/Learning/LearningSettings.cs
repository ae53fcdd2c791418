using System.ComponentModel.DataAnnotations;

namespace Correlation.Learning;

/// <summary>How much is learned from. What comes beyond a limit is not counted at all, so that what is counted stays whole:
/// whoever forgot would take what it forgot for what never was.</summary>
public sealed class LearningSettings
{
    /// <summary>The most kinds of condition of a customer.</summary>
    /// <value>2,000.</value>
    [Range(2, 100_000)] public int Kinds { get; set; } = 2_000;

    /// <summary>The most kinds of condition on one resource.</summary>
    /// <value>64, as many as a resource keeps conditions.</value>
    [Range(2, 10_000)] public int KindsOnResource { get; set; } = 64;

    /// <summary>The most resources of a customer.</summary>
    /// <value>20,000.</value>
    [Range(2, 1_000_000)] public int Resources { get; set; } = 20_000;

    /// <summary>The most neighbours of a resource that are looked at, the first by id.</summary>
    /// <value>32.</value>
    [Range(0, 10_000)] public int Neighbours { get; set; } = 32;

    /// <summary>The most pairs of kinds, each relation by itself; a kind with itself counts always, and comes on top.</summary>
    /// <value>50,000.</value>
    [Range(2, 10_000_000)] public int Pairs { get; set; } = 50_000;

    /// <summary>The most pairs that a stored model keeps, the strongest.</summary>
    /// <value>4,000.</value>
    [Range(1, 1_000_000)] public int StoredPairs { get; set; } = 4_000;
}
