using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Incidents;

/// <summary>What is read off an incident's symptoms.</summary>
public static class IncidentReading
{
    private const int TitleLength = 256;

    /// <summary>The worst severity.</summary>
    public static Severity SeverityOf(IReadOnlyCollection<Symptom> members) =>
        members.Count == 0 ? Severity.Unknown : members.Max(symptom => symptom.Severity);

    /// <summary>When the first symptom began, event time; when it was opened for an incident without symptoms.</summary>
    public static DateTimeOffset StartOf(Incident incident, IReadOnlyCollection<Symptom> members) =>
        members.Count == 0 ? incident.Opened : members.Min(symptom => symptom.Start);

    /// <summary>One line for people: the worst symptom (of those the best named, then the earliest), where it is, and how many
    /// more resources there are. Hostile text.</summary>
    public static string TitleOf(Incident incident, IReadOnlyCollection<Symptom> members)
    {
        var head = members.OrderByDescending(symptom => symptom.Severity).ThenBy(symptom => VaguenessOf(symptom.Condition.Kind))
            .ThenBy(symptom => symptom.Start).ThenBy(symptom => symptom.Id, StringComparer.Ordinal).FirstOrDefault();
        if (head is null) return incident.MergedInto is { } into ? $"merged into {into}" : "no symptoms are left";
        var others = members.Select(symptom => symptom.Resource).Distinct().Count() - 1;
        var tail = others switch { 0 => "", 1 => " and 1 more resource", _ => $" and {others} more resources" };
        var text = HeadlineOf(head);
        var room = TitleLength - tail.Length - head.Resource.Name.Length - 4;
        if (room > 0 && text.Length > room) text = text[..room];
        var title = $"{text} on {head.Resource.Name}{tail}";
        return title.Length > TitleLength ? title[..TitleLength] : title;
    }

    /// <summary>What a rule or Azure's health says names a failure better than what an operation or a log says.</summary>
    private static int VaguenessOf(ConditionKind kind) => kind switch
    {
        ConditionKind.LogError => 2,
        ConditionKind.FailedOperation => 1,
        _ => 0,
    };

    private static string HeadlineOf(Symptom symptom)
    {
        var name = symptom.Title.Length == 0 ? symptom.Condition.Key : symptom.Title;
        var said = symptom.Text?.ReplaceLineEndings(" ").Trim() ?? "";
        return symptom.Condition.Kind switch
        {
            ConditionKind.FailedOperation => said.Length > 0 ? said : $"{name} failed",
            ConditionKind.LogError => said.Length > 0 ? said : $"Errors in {name}",
            _ => name,
        };
    }
}
