using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Incidents;

/// <summary>What became of an incident, for those who work with it further.</summary>
/// <param name="Incident">Its id.</param>
/// <param name="Customer">The customer.</param>
/// <param name="Version">The incident's version: the same again, or an older one, changes nothing.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="Severity">Its severity.</param>
/// <param name="Title">Its title; hostile text.</param>
/// <param name="Started">When its first symptom began.</param>
/// <param name="Ended">When its last symptom ended; null while open.</param>
/// <param name="Cause">Its likeliest cause; of an incident of many symptoms, that of half a minute before at the most.</param>
/// <param name="Symptoms">Its symptoms that carry the fingerprint, worst first; at most 50.</param>
/// <param name="MergedInto">The survivor, once it is merged.</param>
/// <param name="Now">The log time.</param>
[GenerateSerializer, Immutable, Alias("incident-notice")]
public sealed record IncidentNotice(
    [property: Id(0)] string Incident,
    [property: Id(1)] CustomerKey Customer,
    [property: Id(2)] long Version,
    [property: Id(3)] IncidentStatus Status,
    [property: Id(4)] Severity Severity,
    [property: Id(5)] string Title,
    [property: Id(6)] DateTimeOffset Started,
    [property: Id(7)] DateTimeOffset? Ended,
    [property: Id(8)] ResourceId? Cause,
    [property: Id(9)] ImmutableArray<Symptom> Symptoms,
    [property: Id(10)] string? MergedInto,
    [property: Id(11)] DateTimeOffset Now)
{
    private const int Most = 50;

    /// <summary>What there is to tell of an incident as it is.</summary>
    internal static IncidentNotice Of(CustomerState state, CustomerKey customer, Incident incident, ResourceId? cause)
    {
        var members = state.MembersOf(incident);
        return new IncidentNotice(
            incident.Id, customer, incident.Version, incident.Status, IncidentReading.SeverityOf(members),
            IncidentReading.TitleOf(incident, members), IncidentReading.StartOf(incident, members), incident.Resolved, cause,
            [.. members.OrderByDescending(symptom => symptom.Severity).Take(Most)], incident.MergedInto, state.Now);
    }
}
