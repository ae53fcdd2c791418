using Correlation.Incidents;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Remediation;

/// <summary>Which rules are about which incidents, and on which resources they act.</summary>
public static class RuleMatching
{
    /// <summary>The resources that a rule acts on for an incident; none where it does not match.</summary>
    public static IReadOnlyList<ResourceId> TargetsOf(RemediationRule rule, IncidentNotice notice, bool recurring)
    {
        var match = rule.Match;
        if (notice.Severity < match.Severity) return [];
        if (match.TitleContains is { } text && !notice.Title.Contains(text, StringComparison.OrdinalIgnoreCase)) return [];
        if (match.Recurring is { } must && must != recurring) return [];
        var meant = notice.Symptoms.Where(symptom => (rule.Outlives || symptom.IsOpen) && ConditionMatches(match, symptom))
            .ToList();
        if (meant.Count == 0) return [];
        var candidates = rule.Target == RuleTarget.Members
            ? meant.Select(symptom => symptom.Resource)
            : notice.Cause is { } cause ? [cause] : [];
        return [.. candidates.Where(resource => TypeMatches(match, resource)).Distinct().Order()];
    }

    /// <summary>Whether a text matches a pattern in which <c>*</c> stands for any text; linear in the text, whatever the
    /// pattern.</summary>
    public static bool GlobMatches(string pattern, string text)
    {
        var parts = pattern.Split('*');
        if (parts.Length == 1) return pattern == text;
        if (!text.StartsWith(parts[0], StringComparison.Ordinal)) return false;
        var at = parts[0].Length;
        foreach (var part in parts[1..^1])
        {
            var found = text.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0) return false;
            at = found + part.Length;
        }

        return text.Length - at >= parts[^1].Length && text.EndsWith(parts[^1], StringComparison.Ordinal);
    }

    private static bool ConditionMatches(RuleMatch match, Symptom symptom) =>
        match.Condition is null || GlobMatches(match.Condition, symptom.Condition.Key);

    private static bool TypeMatches(RuleMatch match, ResourceId resource) =>
        match.ResourceType is null || match.ResourceType == resource.Type;
}
