namespace Correlation.Estate;

/// <summary>One record of the bundle.</summary>
/// <param name="Message">The ordinal of its message (the bundle's line), from 0.</param>
/// <param name="Record">Its ordinal in the message, from 0.</param>
public sealed record RecordMark(int Message, int Record);
