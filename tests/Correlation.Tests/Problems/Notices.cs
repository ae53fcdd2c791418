using Correlation.Customers;
using Correlation.Incidents;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Tests.Problems;

/// <summary>Makes incident notices for tests.</summary>
internal static class Notices
{
    public const string Group = "/subscriptions/s1/resourcegroups/rg/providers/";
    public const string Job = Group + "microsoft.web/sites/nightly";
    public const string Database = Group + "microsoft.sql/servers/srv/databases/orders";

    public static readonly DateTimeOffset Start = new(2026, 3, 2, 1, 10, 0, TimeSpan.Zero);

    public static IncidentNotice Notice(int number, DateTimeOffset started, params string[] conditions) => new(
        $"contoso.{number}",
        CustomerKey.Parse("contoso"),
        1,
        IncidentStatus.Open,
        Severity.Error,
        "Nightly job failed",
        started,
        null,
        ResourceId.Parse(Job),
        [.. (conditions.Length == 0 ? ["log:jobs/run"] : conditions).Select(key => Symptom(key, Job, started))],
        null,
        started.AddMinutes(5));

    public static IncidentNotice Resolved(this IncidentNotice notice, TimeSpan after) => notice with
    {
        Version = notice.Version + 1,
        Status = IncidentStatus.Resolved,
        Ended = notice.Started + after,
        Symptoms = [.. notice.Symptoms.Select(s => s with { End = notice.Started + after })],
        Now = notice.Started + after + TimeSpan.FromMinutes(1),
    };

    public static IncidentNotice MergedInto(this IncidentNotice notice, int survivor) => notice with
    {
        Version = notice.Version + 1,
        Status = IncidentStatus.Merged,
        MergedInto = $"contoso.{survivor}",
        Now = notice.Now.AddMinutes(1),
    };

    public static Symptom Symptom(string condition, string resource, DateTimeOffset start, Severity severity = Severity.Error) =>
        new()
    {
        Id = DedupKey.Of(condition + resource + start).ToString(),
        Resource = ResourceId.Parse(resource),
        Condition = new Condition(ConditionKind.LogError, condition),
        Start = start,
        Severity = severity,
        Title = condition,
    };
}
