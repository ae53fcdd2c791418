using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Learning;

/// <summary>The kind of a condition, as learning counts it: type of resource, kind of condition, and rule without
/// dimensions.</summary>
public static class ConditionType
{
    private const string Dimensions = " {";

    /// <summary>The kind of a symptom's condition.</summary>
    public static string Of(Symptom symptom) => Of(symptom.Resource, symptom.Condition);

    /// <summary>The kind of a condition on a resource.</summary>
    public static string Of(ResourceId resource, Condition condition) => $"{resource.Type} {condition.Kind} {RuleOf(condition)}";

    /// <summary>The dimensions begin at the last unescaped brace. Of a platform event only that it is one: its tracking id comes
    /// only once.</summary>
    private static string RuleOf(Condition condition)
    {
        var key = condition.Key;
        if (condition.Kind == ConditionKind.ServiceHealth) return "servicehealth";
        if (condition.Kind is not (ConditionKind.Alert or ConditionKind.StatelessAlert)) return key;
        var at = key.LastIndexOf(Dimensions, StringComparison.Ordinal);
        return at > 0 ? key[..at] : key;
    }
}
