namespace Correlation.Estate;

/// <summary>One message of a load.</summary>
/// <param name="LogTime">When the stream stores it; never before the message that precedes it.</param>
/// <param name="Body">Its bytes.</param>
/// <param name="Records">How many records it holds.</param>
/// <param name="Family">What they are.</param>
public readonly record struct LoadMessage(DateTimeOffset LogTime, byte[] Body, int Records, LoadFamily Family);
