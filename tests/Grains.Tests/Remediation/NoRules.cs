using Correlation.Grains.Remediation;
using Correlation.Remediation;

namespace Correlation.Grains.Tests.Remediation;

/// <summary>No rules: nothing is ever done.</summary>
internal sealed class NoRules : IRuleSource
{
    public Task Ready => Task.CompletedTask;

    public RemediationRules Newest => RemediationRules.None;

    public RemediationRules At(DateTimeOffset logTime) => RemediationRules.None;

    public Uri? AddressOf(string rule) => null;
}
