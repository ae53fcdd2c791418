using System.Collections.Immutable;

namespace Correlation.Remediation;

/// <summary>A rule file as read: a numbered version with the log time from which it is in force.</summary>
/// <param name="Version">The number that the configuration gave it; in a file as read, what its author calls it.</param>
/// <param name="InForce">From which log time on it decides.</param>
/// <param name="AllowedHosts">The hosts that actions may call, as <c>host</c> or <c>host:port</c>, lower case.</param>
/// <param name="Rules">The rules, in the file's order.</param>
[GenerateSerializer, Immutable, Alias("remediation-rules")]
public sealed record RemediationRules(
    [property: Id(0)] int Version,
    [property: Id(1)] DateTimeOffset InForce,
    [property: Id(2)] ImmutableArray<string> AllowedHosts,
    [property: Id(3)] ImmutableArray<RemediationRule> Rules)
{
    /// <summary>No rules: nothing is ever done.</summary>
    public static RemediationRules None { get; } = new(0, DateTimeOffset.MinValue, [], []);

    /// <summary>The rule of a name; null where there is none any more.</summary>
    public RemediationRule? Find(string name) => Rules.FirstOrDefault(rule => rule.Name == name);
}
