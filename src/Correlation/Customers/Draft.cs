using Correlation.Incidents;

namespace Correlation.Customers;

/// <summary>A decision in the making: its events, and the state they lead to.</summary>
internal sealed class Draft(CustomerState state)
{
    /// <summary>The state that the events so far lead to; the one decided from is untouched.</summary>
    public CustomerState State { get; } = state.Fork();

    /// <summary>The events so far.</summary>
    public List<CustomerEvent> Events { get; } = [];

    /// <summary>The number of the next event.</summary>
    public long Next => State.Revision + 1;

    /// <summary>Decides an event.</summary>
    public void Do(CustomerEvent decided)
    {
        CustomerFold.Apply(State, decided);
        Events.Add(decided);
    }

    /// <summary>The incidents of some symptoms, each once, in the order of their first.</summary>
    public List<Incident> IncidentsOf(IEnumerable<string> symptoms)
    {
        var found = new List<Incident>();
        var seen = new HashSet<string>();
        foreach (var symptom in symptoms)
        {
            if (State.Symptoms.GetValueOrDefault(symptom)?.Incident is { } id && seen.Add(id)
                && State.Incidents.TryGetValue(id, out var incident)) found.Add(incident);
        }

        return found;
    }

    /// <summary>The incident of a symptom; null for none.</summary>
    public Incident? IncidentOf(string symptom) =>
        State.Symptoms.GetValueOrDefault(symptom)?.Incident is { } id ? State.Incidents.GetValueOrDefault(id) : null;
}
