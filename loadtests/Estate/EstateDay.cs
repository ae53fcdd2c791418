namespace Correlation.Estate;

/// <summary>What Azure sent over the estate's hours, and what really happened.</summary>
/// <param name="Messages">The messages by <see cref="WireMessage.AtSeconds"/>.</param>
/// <param name="Truth">The ground truth.</param>
public sealed record EstateDay(IReadOnlyList<WireMessage> Messages, Truth Truth);
