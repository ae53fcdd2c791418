namespace Correlation.Gateway.Intake;

/// <summary>How far a replay is.</summary>
/// <param name="Stream">The stream that it goes into.</param>
/// <param name="Durable">How many of its messages are durable: the ordinal of the next one.
/// Null where it was finished before.</param>
/// <param name="Finished">Whether it is at its end; what is sent further is not taken.</param>
internal sealed record ReplayAnswer(string Stream, long? Durable, bool Finished);
