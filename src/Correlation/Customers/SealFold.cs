using Correlation.Incidents;
using Correlation.Resources;

namespace Correlation.Customers;

/// <summary>Folds sealing and forgetting.</summary>
internal static class SealFold
{
    /// <summary>Folds <see cref="CustomerSealed"/>.</summary>
    public static void Seal(CustomerState state, CustomerSealed seal)
    {
        var incidents = new IncidentEditor(state);
        var sealedIds = new HashSet<string>(seal.Alone);
        foreach (var one in seal.Incidents)
        {
            incidents.Edit(one.Id, incident => Sealing(incident, one, seal));
            if (state.Incidents.TryGetValue(one.Id, out var held)) sealedIds.UnionWith(held.Members);
        }

        incidents.Commit();
        FailureFold.Seal(state, seal.Failures);
        ShadowFold.Seal(state, seal.Shadow);
        ModelLearning.Remember(state, sealedIds);
        Symptoms(state, seal, sealedIds);
        var gone = new List<Symptom>();
        foreach (var id in seal.ForgottenIncidents) Forget(state, id, gone);
        foreach (var id in seal.ForgottenSymptoms) ForgetSymptom(state, id, gone);
        ForgottenStarts.Count(state, gone, seal.Watermark);
        state.Conditions = state.Conditions.RemoveRange(seal.ForgottenConditions);
        state.Constraints = state.Constraints.RemoveAll(
            pair => !state.Symptoms.ContainsKey(pair.A) || !state.Symptoms.ContainsKey(pair.B));
        if (!seal.Early) state.SealedUpTo = seal.Watermark;
    }

    private static Incident Sealing(Incident incident, SealedIncident one, CustomerSealed seal) => (incident with
    {
        Sealed = true,
        Degraded = incident.Degraded || seal.Early,
        Causes = one.Causes,
        Changes = one.Changes,
        Reasons = one.Reasons,
        Configuration = one.Configuration,
    }).Noting(seal.Now, "sealed",
        seal.Early ? "sealed early: too many symptoms" : "its symptoms and its cause change no more", null);

    private static void Symptoms(CustomerState state, CustomerSealed seal, HashSet<string> ids)
    {
        var symptoms = state.Symptoms.ToBuilder();
        foreach (var id in ids)
        {
            if (!symptoms.TryGetValue(id, out var tracked) || tracked.Sealed) continue;
            symptoms[id] = tracked with { Sealed = true };
            if (tracked is { Incident: null, Suppressed: false }) state.SealedAlone++;
            if (seal.Early) state.SealedEarly++;
        }

        state.Symptoms = symptoms.ToImmutable();
        var conditions = state.Conditions.ToBuilder();
        foreach (var (key, condition) in state.Conditions)
        {
            if (condition.Symptoms.Any(ids.Contains))
            {
                conditions[key] = condition with { Symptoms = condition.Symptoms.RemoveAll(ids.Contains) };
            }
        }

        state.Conditions = conditions.ToImmutable();
    }

    private static void Forget(CustomerState state, string id, List<Symptom> gone)
    {
        if (!state.Incidents.TryGetValue(id, out var incident)) return;
        gone.AddRange(incident.Members.Select(state.Symptoms.GetValueOrDefault).OfType<TrackedSymptom>()
            .Where(tracked => !tracked.Suppressed).Select(tracked => tracked.Symptom));
        state.Symptoms = state.Symptoms.RemoveRange(incident.Members);
        state.Forgotten += incident.Members.Count;
        state.Incidents = state.Incidents.Remove(id);
        state.Untold = state.Untold.Remove(id);
    }

    private static void ForgetSymptom(CustomerState state, string id, List<Symptom> gone)
    {
        if (!state.Symptoms.TryGetValue(id, out var tracked) || tracked.Incident is not null) return;
        state.Symptoms = state.Symptoms.Remove(id);
        if (tracked.Suppressed) state.ForgottenSuppressed++;
        else gone.Add(tracked.Symptom);
    }
}
