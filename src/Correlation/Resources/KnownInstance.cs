namespace Correlation.Resources;

/// <summary>When an instance last opened whose facts were forgotten.</summary>
/// <param name="Instance">Eight bytes that stand for the instance.</param>
/// <param name="Opened">When it last opened.</param>
[GenerateSerializer, Immutable, Alias("known-instance")]
internal readonly record struct KnownInstance([property: Id(0)] ulong Instance, [property: Id(1)] DateTimeOffset Opened);
