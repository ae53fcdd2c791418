using System.Globalization;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Turns an alert that was read into signals, one for each of its targets.</summary>
internal static class CommonAlertSignals
{
    private static readonly Condition ResourceHealth = new(ConditionKind.ResourceHealth, ConditionKeys.ResourceHealth);

    /// <summary>Writes the signals, or the rejections of targets that cannot be used.</summary>
    public static void Write(CommonAlert alert, ReadOnlySpan<byte> record, DecodeOutput output)
    {
        alert.Linked.AddRange(alert.ConfigurationItems);
        var draft = Draft(alert);
        draft.AddCause("tracking", alert.TrackingId);
        draft.AddCause("correlation", alert.CorrelationId);
        CommonAlertTargets.Write(alert, draft, record, output);
    }

    private static AlertDraft Draft(CommonAlert alert)
    {
        var role = RoleOf(alert);
        var condition = role == SignalRole.Context ? null : ConditionOf(alert, role);
        var opened = alert.Fired ?? alert.ContextTime;
        var stateless = role == SignalRole.Pulse || alert.Family is AlertFamily.ServiceHealth or AlertFamily.ResourceHealth;
        var paired = alert.AlertId is not null && !stateless;
        var isEvent = alert.Family is AlertFamily.ServiceHealth or AlertFamily.ResourceHealth;
        var id = alert.AlertId ?? alert.EventDataId;
        var instance = paired ? LowerText.Of(alert.AlertId!) : null;
        return new AlertDraft
        {
            Kind = KindOf(alert.Family),
            Role = role,
            Severity = SeverityOf(alert, role),
            Condition = condition,
            Time = role == SignalRole.Close ? alert.Resolved ?? opened : opened,
            OpenedAt = isEvent ? null : opened,
            Identity = instance ?? id,
            Around = id is null ? default : ("alert\n", StateOf(alert, stateless)),
            Title = (isEvent ? alert.EventTitle ?? RuleTitle(alert) : RuleTitle(alert) ?? alert.EventTitle)
                ?? alert.Operation ?? alert.Family + " alert",
            Text = alert.Description ?? alert.EventText ?? alert.EventTitle,
            ExternalId = id,
            Instance = instance,
            Category = alert.Service,
            Operation = alert.Operation,
            Actor = alert.Caller,
            Region = alert.Region,
            Linked = alert.Linked,
        };
    }

    private static SignalKind KindOf(AlertFamily family) => family switch
    {
        AlertFamily.ServiceHealth => SignalKind.ServiceHealth,
        AlertFamily.ResourceHealth => SignalKind.ResourceHealth,
        _ => SignalKind.Alert,
    };

    private static SignalRole RoleOf(CommonAlert alert) => alert.Family switch
    {
        AlertFamily.ActivityLog or AlertFamily.Cost => SignalRole.Pulse,
        AlertFamily.ServiceHealth => AlertHealth.ServiceRole(alert.Stage ?? alert.Status, alert.State),
        AlertFamily.ResourceHealth => AlertHealth.ResourceRole(alert.Health),
        _ => alert.State switch
        {
            AlertState.Fired => SignalRole.Open,
            AlertState.Resolved => SignalRole.Close,
            _ => SignalRole.Pulse,
        },
    };

    private static Condition ConditionOf(CommonAlert alert, SignalRole role)
    {
        switch (alert.Family)
        {
            case AlertFamily.ResourceHealth:
                return ResourceHealth;
            case AlertFamily.ServiceHealth:
                var tracking = alert.TrackingId ?? RuleOf(alert);
                return new Condition(ConditionKind.ServiceHealth, ConditionKeys.ServiceHealth(tracking));
            default:
                var kind = role == SignalRole.Pulse ? ConditionKind.StatelessAlert : ConditionKind.Alert;
                return AlertCondition(alert, kind);
        }
    }

    // The key is made from all that is added here, and from nothing else.
    private static Condition AlertCondition(CommonAlert alert, ConditionKind kind)
    {
        var known = alert.Conditions;
        known.Start(((int)kind << 8) | (int)alert.Family);
        known.Add(alert.RuleId);
        known.Add(alert.RuleName);
        known.Add(alert.BudgetId);
        known.Add(alert.BudgetName);
        known.Add(alert.RuleGroup);
        known.Add(alert.LabelledName);
        known.Add(alert.Operation);
        known.Add(alert.Dimensions);
        return known.Find()
            ?? known.Keep(new Condition(kind, ConditionKeys.Alert(RuleOf(alert), alert.Dimensions.ToList())));
    }

    private static string RuleOf(CommonAlert alert)
    {
        var otherwise = (alert.Operation ?? alert.Family.ToString()).ToLowerInvariant();
        if (alert.Family == AlertFamily.Prometheus) return PrometheusRule(alert, otherwise);
        var isId = alert.RuleName?.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase) == true;
        var id = alert.RuleId ?? (isId ? alert.RuleName : alert.RuleName is null ? alert.BudgetId : null);
        return ConditionKeys.Rule(alert.Resource(id), alert.RuleName ?? alert.BudgetName, otherwise);
    }

    // A Prometheus rule has no id of its own: its name is its group's name and its alert's name.
    private static string PrometheusRule(CommonAlert alert, string otherwise)
    {
        if (alert.RuleName is not null || alert.RuleGroup is null)
            return ConditionKeys.Rule((ResourceId?)null, alert.RuleName ?? alert.LabelledName, otherwise);
        var group = ConditionKeys.Rule(alert.Resource(alert.RuleGroup), null, otherwise);
        return alert.LabelledName is null ? group : group + "/" + alert.LabelledName.ToLowerInvariant();
    }

    private static string? RuleTitle(CommonAlert alert)
    {
        var name = alert.RuleName ?? alert.BudgetName ?? alert.LabelledName;
        if (name is null || !name.StartsWith('/')) return name;
        return name[(name.TrimEnd('/').LastIndexOf('/') + 1)..];
    }

    // Every alert of an activity-log rule says Sev4, whatever happened: where the event tells more, that counts.
    private static Severity SeverityOf(CommonAlert alert, SignalRole role) => alert.Family switch
    {
        AlertFamily.ServiceHealth => AlertHealth.ServiceSeverity(alert.IncidentType, alert.Operation),
        AlertFamily.ResourceHealth when role == SignalRole.Open => AlertHealth.ResourceSeverity(alert.Health, alert.HealthCause),
        AlertFamily.ActivityLog when alert.Impact > alert.Severity => alert.Impact,
        _ when alert.Severity == Severity.Unknown => alert.Level,
        _ => alert.Severity,
    };

    private static string StateOf(CommonAlert alert, bool stateless)
    {
        var state = alert.State switch
        {
            AlertState.Fired => "\nFired",
            AlertState.Resolved => "\nResolved",
            _ => "\nUnsaid",
        };
        if (!stateless) return state;
        var fired = alert.Fired ?? alert.ContextTime;
        return string.Create(CultureInfo.InvariantCulture, $"{state}\n{fired?.UtcTicks}");
    }
}
