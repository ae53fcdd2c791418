namespace Correlation.Delivery;

/// <summary>An invariant of the delivery protocol does not hold (docs/delivery.md numbers them).</summary>
/// <remarks>It means a mistake in the program or a row that was changed by somebody else. Whoever meets it stores nothing of what
/// it was about to store, gives up what it holds in memory and reads it again: a reader goes back to its stored checkpoint, a
/// resource's activation to its stored row, and the flushes that are not settled are lost.</remarks>
/// <param name="message">Which invariant, and with what values.</param>
[GenerateSerializer, Alias("delivery-invariant")]
public sealed class DeliveryInvariantException(string message) : Exception(message);
