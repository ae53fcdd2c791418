using Correlation.Estate.Model;

namespace Correlation.Estate.Wire;

/// <summary>How a rule looks at the world.</summary>
internal enum RuleKind
{
    Metric,
    DynamicMetric,
    WebTest,
    Log,

    /// <summary>A rule of a Prometheus rule group over a cluster.</summary>
    Prometheus,
}

/// <summary>One alert rule on one resource.</summary>
internal sealed record AlertRule
{
    public required RuleKind Kind { get; init; }

    /// <summary>What it watches, in a word that ends the rule's name, for example <c>http5xx</c>.</summary>
    public required string Watch { get; init; }

    /// <summary>0 (critical) to 4 (verbose).</summary>
    public required int Severity { get; init; }

    /// <summary>The metric's name, or the query of a log rule.</summary>
    public required string Measure { get; init; }

    public string Threshold { get; init; } = "0";
    public string Operator { get; init; } = "GreaterThan";
    public double Value { get; init; }
    public required string Description { get; init; }

    /// <summary>Whether one rule watches all resources of the type in a subscription; else each resource has its own.</summary>
    public bool IsShared { get; init; }

    public string NameOn(AzureResource target) => Kind == RuleKind.Prometheus ? $"kubernetes-community/{Watch}"
        : IsShared ? Watch : $"{target.Name}-{Watch}";

    /// <summary>The rule's own ARM id, beside the resource that it watches.</summary>
    public string IdOn(AzureResource target) =>
        $"/subscriptions/{target.Subscription}/resourceGroups/{(IsShared ? "rg-monitor" : target.Group)}/providers/"
        + Kind switch
        {
            RuleKind.Log => "microsoft.insights/scheduledQueryRules/",
            RuleKind.Prometheus => "Microsoft.AlertsManagement/prometheusRuleGroups/",
            _ => "microsoft.insights/metricAlerts/",
        }
        + NameOn(target);
}
