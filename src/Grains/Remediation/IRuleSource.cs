using Correlation.Remediation;

namespace Correlation.Grains.Remediation;

/// <summary>The remediation rules in force, and the addresses of their actions.</summary>
public interface IRuleSource
{
    /// <summary>The rules in force.</summary>
    RemediationRules Current { get; }

    /// <summary>The address of a rule's action; null where there is none. May be a secret: not for logs, answers or stored
    /// state.</summary>
    Uri? AddressOf(string rule);
}
