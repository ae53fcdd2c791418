using Correlation.Signals;
using static Correlation.Decoding.AlertRecords;

namespace Correlation.Decoding;

/// <summary>Finds what an alert is about.</summary>
internal static class CommonAlertTargets
{
    /// <summary>Writes the draft for each target; books those that cannot be used.</summary>
    public static void Write(CommonAlert alert, in AlertDraft draft, ReadOnlySpan<byte> record, DecodeOutput output)
    {
        if (Affected(alert) is { } affected)
        {
            foreach (var target in alert.Targets)
            {
                if (target is not null) alert.Linked.Add(target);
            }

            draft.Write(affected, 0, record, output);
        }
        else if (alert.Targets.Count > 0) WriteTargets(alert, draft, record, output);
        else if (!WriteItems(alert, draft, record, output)) WriteFallback(alert, draft, record, output);
    }

    // The target of a backup alert is the vault, that of a log alert the workspace: the context may know better.
    private static ResourceId? Affected(CommonAlert alert)
    {
        if (alert.Family == AlertFamily.Backup) return Arm(alert.Resource(alert.BackupSource));
        return alert.Family == AlertFamily.Log ? alert.About[0] ?? alert.About[1] ?? alert.About[2] : null;
    }

    private static void WriteTargets(CommonAlert alert, in AlertDraft draft, ReadOnlySpan<byte> record, DecodeOutput output)
    {
        for (var i = 0; i < alert.Targets.Count; i++)
        {
            if (alert.Targets[i] is { } resource) draft.Write(resource, i, record, output);
            else output.Reject(RejectReason.NoResource, "An alert's target is no resource id.", i);
        }

        for (var i = alert.Targets.Count; i < alert.TargetCount; i++) output.Reject(RejectReason.TooManyTargets, "", i);
    }

    private static bool WriteItems(CommonAlert alert, in AlertDraft draft, ReadOnlySpan<byte> record, DecodeOutput output)
    {
        var written = 0;
        foreach (var item in alert.ConfigurationItems)
        {
            if (Arm(item) is not { } resource) continue;
            if (written < output.Limits.Targets) draft.Write(resource, written, record, output);
            else output.Reject(RejectReason.TooManyTargets, "", written);
            written++;
        }

        return written > 0;
    }

    private static void WriteFallback(CommonAlert alert, in AlertDraft draft, ReadOnlySpan<byte> record, DecodeOutput output)
    {
        var resource = Arm(alert.Resource(alert.ContextResource)) ?? Arm(alert.Resource(alert.Scope))
            ?? Arm(alert.Resource(alert.Entity))
            ?? ScopeOf(alert.RuleId) ?? ScopeOf(alert.BudgetId) ?? ScopeOf(alert.RuleGroup) ?? ScopeOf(alert.RuleName)
            ?? Group(alert) ?? ScopeOf(alert.AlertId);
        draft.WriteAbout(resource, record, output);
    }

    // The budget notification and classic alerts name these apart.
    private static ResourceId? Group(CommonAlert alert)
    {
        if (alert.SubscriptionId is null) return null;
        var subscription = "/subscriptions/" + alert.SubscriptionId;
        return Arm(alert.ResourceGroup is null ? subscription : subscription + "/resourceGroups/" + alert.ResourceGroup);
    }
}
