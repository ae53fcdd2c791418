using Correlation.Configuration;

namespace Correlation.Contracts;

/// <summary>A version of a configuration file.</summary>
/// <param name="Kind">What the file is about.</param>
/// <param name="Number">Its number, as decisions name it; each kind counts from 1.</param>
/// <param name="InForce">The log time from which it decides; null for the first, which decides from the beginning of
/// time.</param>
/// <param name="TakenAt">When it was taken, wall clock.</param>
/// <param name="TakenBy">The machine whose file it was.</param>
/// <param name="Hash">The SHA-256 of the file's text, hexadecimal.</param>
/// <param name="Label">What the file calls itself; nothing goes by it.</param>
/// <param name="Current">Whether it is in force at the present log time.</param>
[GenerateSerializer, Immutable, Alias("configuration-view")]
public sealed record ConfigurationView(
    [property: Id(0)] FileKind Kind,
    [property: Id(1)] int Number,
    [property: Id(2)] DateTimeOffset? InForce,
    [property: Id(3)] DateTimeOffset TakenAt,
    [property: Id(4)] string TakenBy,
    [property: Id(5)] string Hash,
    [property: Id(6)] string Label,
    [property: Id(7)] bool Current);
