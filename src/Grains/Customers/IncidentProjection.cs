using System.Globalization;
using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Incidents;

namespace Correlation.Grains.Customers;

/// <summary>What the gateway reads of a customer's incidents.</summary>
internal sealed class IncidentProjection(string customer, CustomerEngine engine)
{
    private const int LinksPerMember = 5;
    private const int LimitMax = 500;

    /// <summary>A page of incidents, newest first.</summary>
    public Page<IncidentSummary> List(CustomerState state, IncidentQuery query)
    {
        var limit = Math.Clamp(query.Limit, 1, LimitMax);
        var after = ListPlace.Parse(query.Cursor);
        var found = state.Incidents.Values
            .Where(incident => !incident.Members.IsEmpty && IsAskedFor(incident, query.Status))
            .Select(incident => Summary(state, incident))
            .Where(summary => (query.Since is not { } since || summary.Resolved is not { } ended || ended >= since)
                && (query.Until is not { } until || summary.Started < until))
            .Where(summary => after is not { } place || ListPlace.Of(summary).CompareTo(place) > 0)
            .OrderBy(ListPlace.Of)
            .Take(limit + 1).ToList();
        var next = found.Count > limit ? ListPlace.Of(found[limit - 1]).ToString() : null;
        return new Page<IncidentSummary>([.. found.Take(limit)], next);
    }

    /// <summary>What a list shows of an incident.</summary>
    public IncidentSummary Summary(CustomerState state, Incident incident)
    {
        var members = state.MembersOf(incident);
        var causes = engine.Causes(state, incident);
        return new IncidentSummary
        {
            Id = incident.Id,
            Customer = customer,
            Version = incident.Version,
            Status = incident.Status,
            Severity = IncidentReading.SeverityOf(members),
            Title = IncidentReading.TitleOf(incident, members),
            Started = IncidentReading.StartOf(incident, members),
            Opened = incident.Opened,
            Resolved = incident.Resolved,
            SymptomCount = members.Count,
            SignalCount = members.Sum(symptom => symptom.SignalCount),
            ResourceCount = members.Select(symptom => symptom.Resource).Distinct().Count(),
            Cause = causes.IsEmpty ? null : causes[0].Resource,
            Assignee = incident.Assignee,
            SnoozedUntil = incident.SnoozedUntil > state.Now ? incident.SnoozedUntil : null,
            Sealed = incident.Sealed,
            Degraded = incident.Degraded || members.Any(symptom => symptom.Degraded),
            MergedInto = incident.MergedInto,
            Problem = incident.Problem,
        };
    }

    /// <summary>One incident with what explains it.</summary>
    public IncidentView View(CustomerState state, Incident incident)
    {
        var why = engine.Explain(state, incident);
        return new IncidentView
        {
            Summary = Summary(state, incident),
            Causes = why.Causes,
            Changes = why.Changes,
            Reasons = why.Reasons,
            Why = incident.Why,
            Configuration = why.Configuration,
        };
    }

    /// <summary>A page of an incident's symptoms, by start.</summary>
    public Page<IncidentMember> Members(CustomerState state, Incident incident, string? cursor, int limit)
    {
        var links = engine.Explain(state, incident).Reasons;
        return Cut(state.MembersOf(incident), cursor, limit, symptom => new IncidentMember(
            symptom,
            [.. links.Where(link => link.From == symptom.Id || link.To == symptom.Id).OrderByDescending(link => link.Score)
                .Take(LinksPerMember)]));
    }

    /// <summary>A page of what happened to an incident, oldest first.</summary>
    public static Page<TimelineEntry> Timeline(Incident incident, string? cursor, int limit) =>
        Cut([.. incident.Timeline.OrderBy(entry => entry.At)], cursor, limit, entry => entry);

    /// <summary>Why two things are together or not; null where one names an incident that is not there.</summary>
    public Explanation? Explain(CustomerState state, string one, string other) => engine.Explain(state, one, other);

    private static Page<TOut> Cut<TIn, TOut>(IReadOnlyList<TIn> items, string? cursor, int limit, Func<TIn, TOut> project)
    {
        var skip = int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : 0;
        var take = Math.Clamp(limit, 1, LimitMax);
        var next = items.Count - skip > take ? (skip + take).ToString(CultureInfo.InvariantCulture) : null;
        return new Page<TOut>([.. items.Skip(skip).Take(take).Select(project)], next);
    }

    private static bool IsAskedFor(Incident incident, string status) => status switch
    {
        "open" => incident.IsOpen,
        "resolved" => incident.Status == IncidentStatus.Resolved,
        _ => true,
    };

}
