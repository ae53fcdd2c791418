namespace Correlation.Remediation;

/// <summary>A person's word on a proposed run.</summary>
/// <param name="CommandId">Names this command: sent again with the same id it is done once.</param>
/// <param name="Run">The run.</param>
/// <param name="Version">The run's version that the actor saw.</param>
/// <param name="Actor">Who decides.</param>
/// <param name="Approve">True to approve, false to reject.</param>
[GenerateSerializer, Immutable, Alias("run-decision")]
public sealed record RunDecision(
    [property: Id(0)] string CommandId,
    [property: Id(1)] string Run,
    [property: Id(2)] long Version,
    [property: Id(3)] string Actor,
    [property: Id(4)] bool Approve);
