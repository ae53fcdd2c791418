using Correlation.Incidents;

namespace Correlation.Customers;

/// <summary>Changes incidents of a state during one event: each one's version rises once,
/// and others are to be told of it.</summary>
internal sealed class IncidentEditor(CustomerState state)
{
    private readonly Dictionary<string, Incident> _edited = [];

    /// <summary>Changes an incident; one that is not there (any more) stays so.</summary>
    public void Edit(string? id, Func<Incident, Incident> change)
    {
        if (id is null) return;
        var incident = _edited.GetValueOrDefault(id) ?? state.Incidents.GetValueOrDefault(id);
        if (incident is not null) _edited[id] = change(incident);
    }

    /// <summary>Adds an incident.</summary>
    public void Add(Incident incident) => _edited[incident.Id] = incident;

    /// <summary>Puts the changed incidents into the state.</summary>
    public void Commit()
    {
        foreach (var incident in _edited.Values)
        {
            var version = incident.Version + 1;
            state.Incidents = state.Incidents.SetItem(incident.Id, incident with { Version = version });
            state.Untold = state.Untold.SetItem(incident.Id, version);
        }
    }
}
