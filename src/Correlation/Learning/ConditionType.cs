using Correlation.Grouping;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Learning;

/// <summary>The kind of a condition, as learning counts it: type of resource, kind of condition, and rule without
/// dimensions.</summary>
public static class ConditionType
{
    /// <summary>The kind of a symptom's condition.</summary>
    public static string Of(Symptom symptom) => Of(symptom.Resource, symptom.Condition);

    /// <summary>The kind of a condition on a resource.</summary>
    public static string Of(ResourceId resource, Condition condition) => $"{resource.Type} {condition.Kind} {RuleOf(condition)}";

    /// <summary>Whether a kind is that of a stateful alert rule.</summary>
    public static bool IsAlert(string kind) => kind.Contains($" {ConditionKind.Alert} ", StringComparison.Ordinal);

    /// <summary>Of a platform event only that it is one: its tracking id comes only once.</summary>
    private static string RuleOf(Condition condition) => condition.Kind switch
    {
        ConditionKind.ServiceHealth => "servicehealth",
        ConditionKind.Alert or ConditionKind.StatelessAlert => Dimensions.RuleOf(condition),
        _ => condition.Key,
    };
}
