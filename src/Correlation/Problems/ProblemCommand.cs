namespace Correlation.Problems;

/// <summary>What a person says of a problem.</summary>
[GenerateSerializer, Immutable, Alias("problem-command")]
public sealed record ProblemCommand(
    [property: Id(0)] string CommandId,
    [property: Id(1)] string Problem,
    [property: Id(2)] long Version,
    [property: Id(3)] string Actor,
    [property: Id(4)] ProblemState State,
    [property: Id(5)] string? KnownError,
    [property: Id(6)] string? Fix);
