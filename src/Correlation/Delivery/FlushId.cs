namespace Correlation.Delivery;

/// <summary>Names one flush of one silo.</summary>
/// <param name="Silo">The silo's address, generation included, as text.</param>
/// <param name="Number">The flush's number on that silo, from 1.</param>
[GenerateSerializer, Immutable, Alias("flush-id")]
public readonly record struct FlushId([property: Id(0)] string Silo, [property: Id(1)] long Number);
