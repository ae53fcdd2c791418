using System.Collections.Immutable;
using Correlation.Incidents;
using Correlation.Resources;

namespace Correlation.Customers;

/// <summary>Decides which incidents are over.</summary>
internal static class Resolving
{
    /// <summary>Resolves what has been over for the quiet time. What nobody has been told of yet waits: who acts on open
    /// incidents must see each, also where its end came together with its beginning.</summary>
    public static void Resolve(Draft draft, DateTimeOffset checkpointed, TimeSpan quiet)
    {
        var before = LogClock.Before(checkpointed, quiet);
        var untold = draft.State.Untold;
        var steps = draft.State.Incidents.Values
            .Where(incident => incident is { IsOpen: true, Held: false, Members.IsEmpty: false })
            .Where(incident => incident.EvidenceAt <= before || !untold.ContainsKey(incident.Id))
            .Select(incident => (incident.Id, End: EndOf(draft.State, incident)))
            .Where(pair => pair.End <= before)
            .OrderBy(pair => pair.Id, StringComparer.Ordinal)
            .Select(pair => Over(draft.State.Now, pair.Id, pair.End!.Value, quiet))
            .ToImmutableArray();
        if (!steps.IsEmpty) draft.Do(new StatusMoved(draft.Next, draft.State.Now, steps));
    }

    /// <summary>The symptom that says that a resolved incident is not over; null for none.</summary>
    public static Symptom? NewlyOpen(CustomerState state, Incident incident) => incident.Members
        .Where(id => !incident.Ignored.Contains(id)).Select(id => state.Symptoms[id].Symptom)
        .Where(symptom => symptom.IsOpen).OrderBy(symptom => symptom.Id, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>It could be known to be over a quiet time after its last symptom ended; the decision may come later.</summary>
    private static IncidentStep Over(DateTimeOffset now, string incident, DateTimeOffset end, TimeSpan quiet)
    {
        var known = end + quiet;
        return new IncidentStep(incident, end, "all its symptoms ended", known < now ? known : now);
    }

    /// <summary>When the last symptom of an incident ended; null while one is open.</summary>
    private static DateTimeOffset? EndOf(CustomerState state, Incident incident)
    {
        var last = DateTimeOffset.MinValue;
        foreach (var id in incident.Members)
        {
            if (state.Symptoms[id].Symptom.End is not { } end) return null;
            if (end > last) last = end;
        }

        return last;
    }
}
