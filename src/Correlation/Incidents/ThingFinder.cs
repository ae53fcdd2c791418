using System.Collections.Immutable;
using System.Globalization;
using Correlation.Customers;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Incidents;

/// <summary>Reads what an operator means: a position, the id of an incident, symptom, change, alert, event or resource.</summary>
internal sealed class ThingFinder(CustomerState state)
{
    /// <summary>The most symptoms of one thing that are looked at, the newest; an incident's are all.</summary>
    public const int MostSymptoms = 200;

    private const int TextLength = 120;

    /// <summary>What a text means; a thing of kind <c>unknown</c>, <c>signal</c> or <c>resource</c> without symptoms where
    /// nothing of it is known. Null where it is the id of an incident that is not there.</summary>
    public Thing? Find(string text)
    {
        var asked = text.Trim();
        if (state.Answering(asked) is { } incident) return Of(incident);
        if (state.Symptoms.TryGetValue(asked, out var symptom)) return Of("symptom", asked, [symptom]);
        if (state.Changes.Find(change => change.Id == asked) is { } change) return Of(change);
        if (Position.TryParse(asked, out var position)) return OfSignal(asked, signal => signal.Position == position, "signal");
        var external = OfSignal(
            asked, signal => string.Equals(signal.ExternalId, asked, StringComparison.OrdinalIgnoreCase), "unknown");
        if (external.Change is not null || !external.Symptoms.IsEmpty) return external;
        if (OfResource(asked) is { } resource) return resource;
        return IsIncident(asked) ? null : external;
    }

    /// <summary>A symptom in a few words; hostile text.</summary>
    public static string Words(Symptom symptom) => Short($"{symptom.Condition.Key} on {symptom.Resource.Name}");

    private static Thing Of(string kind, string id, IEnumerable<TrackedSymptom> symptoms)
    {
        var newest = symptoms.OrderByDescending(tracked => tracked.Symptom.Start)
            .ThenBy(tracked => tracked.Symptom.Id, StringComparer.Ordinal).Take(MostSymptoms).ToImmutableArray();
        return new Thing(kind, id, newest.IsEmpty ? Short(id) : Words(newest[0].Symptom), newest);
    }

    private static Thing Of(Change change) =>
        new("change", change.Id, Short($"{change.Verb} on {change.Resource.Name}"), []) { Change = change };

    private Thing Of(Incident incident)
    {
        var members = state.MembersOf(incident);
        return new Thing("incident", incident.Id, incident.Id, [.. members.Select(member => state.Symptoms[member.Id])])
        {
            Incident = incident,
        };
    }

    private Thing OfSignal(string asked, Func<SignalReference, bool> isIt, string kind)
    {
        var symptoms = state.Symptoms.Values.Where(tracked => tracked.Symptom.Signals.Any(isIt)).ToList();
        if (symptoms.Count > 0) return Of("signal", asked, symptoms);
        return state.Changes.Find(change => isIt(change.Signal)) is { } change ? Of(change) : Of(kind, asked, []);
    }

    private Thing? OfResource(string asked)
    {
        if (ResourceId.TryParse(asked) is not { } resource) return null;
        var symptoms = state.Symptoms.Values.Where(tracked => tracked.Symptom.Resource.Equals(resource)).ToList();
        if (symptoms.Count == 0 && !state.Resources.Contains(resource.Canonical)
            && !state.Changes.Exists(change => change.Resource.Equals(resource))) return null;
        var thing = Of("resource", resource.Canonical, symptoms);
        return thing with { Title = Short(resource.Name) };
    }

    /// <summary>Whether a text has the form of an incident's id, of whatever customer.</summary>
    private static bool IsIncident(string text)
    {
        var dot = text.LastIndexOf(".i", StringComparison.Ordinal);
        return dot > 0 && CustomerKey.TryParse(text[..dot], out _)
            && long.TryParse(text.AsSpan(dot + 2), NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }

    private static string Short(string text) => text.Length > TextLength ? text[..TextLength] + "…" : text;
}
