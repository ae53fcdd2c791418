namespace Correlation.Estate.Failures;

/// <summary>A condition that was disturbed for a time.</summary>
/// <param name="Condition">Kind, resource, rule and dimensions.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When it was told to have ended; a day later where that was never told.</param>
internal readonly record struct Claim(string Condition, double Start, double End);
