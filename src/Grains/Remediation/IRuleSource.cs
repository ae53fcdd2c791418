using Correlation.Remediation;

namespace Correlation.Grains.Remediation;

/// <summary>The versions of the remediation rules, and the addresses of their actions.</summary>
public interface IRuleSource
{
    /// <summary>Ends once it is known which versions there are: nothing is decided before that.</summary>
    Task Ready { get; }

    /// <summary>The newest rules: what is sent must be in them, whenever it was proposed.</summary>
    RemediationRules Newest { get; }

    /// <summary>The rules in force at a log time: what is proposed goes by them.</summary>
    RemediationRules At(DateTimeOffset logTime);

    /// <summary>The address of a rule's action, as the newest rules name its host; null where this machine has none. May be a
    /// secret: not for logs, answers or stored state.</summary>
    Uri? AddressOf(string rule);
}
