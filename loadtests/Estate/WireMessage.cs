namespace Correlation.Estate;

/// <summary>One message as the stream would store it, its times still relative.</summary>
/// <param name="AtSeconds">When the stream stores it, in seconds relative to the end of the estate's time; not above 0.</param>
/// <param name="TokenBody">The payload; every time in it is a token as <see cref="TimeToken"/> writes it.</param>
public sealed record WireMessage(double AtSeconds, string TokenBody);
