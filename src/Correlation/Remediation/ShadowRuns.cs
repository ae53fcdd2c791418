using System.Text;

namespace Correlation.Remediation;

/// <summary>Runs of rules in shadow: what would have been done, and with what.</summary>
/// <remarks>Such a run is made in a state that nothing leads out of: <see cref="RunState.DryRun"/>, or
/// <see cref="RunState.Blocked"/> where a guard said no.</remarks>
internal static class ShadowRuns
{
    /// <summary>A decided run, marked as one in shadow.</summary>
    public static Run Of(Run decided, RemediationRule rule) => decided with
    {
        Shadow = true,
        Outcome = OutcomeOf(decided, rule.Mode),
        Inputs = Encoding.UTF8.GetString(ActionCall.Of(decided, 1, rule.Action).Body),
    };

    private static string OutcomeOf(Run decided, RuleMode mode)
    {
        var no = decided.Guards.FirstOrDefault(guard => !guard.Passed && guard.Guard != "approval");
        if (no is not null) return $"in shadow: it would have been refused, {no.Guard}: {no.Why}";
        return mode switch
        {
            RuleMode.Auto => "in shadow: it would have been sent",
            RuleMode.Approve => "in shadow: it would have been proposed",
            _ => "in shadow: it would have been a dry run",
        };
    }
}
