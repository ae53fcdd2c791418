namespace Correlation.Remediation;

/// <summary>What a decision of the safety kernel goes by, besides its state.</summary>
/// <param name="Rules">The rules in force.</param>
/// <param name="Options">The limits.</param>
/// <param name="Surroundings">What others know.</param>
public sealed record RemediationContext(RemediationRules Rules, RemediationOptions Options, Surroundings Surroundings);
