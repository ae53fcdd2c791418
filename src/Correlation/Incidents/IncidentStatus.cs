namespace Correlation.Incidents;

/// <summary>Where an incident is in its life.</summary>
public enum IncidentStatus : byte
{
    /// <summary>Open; nobody has taken it.</summary>
    Open = 0,

    /// <summary>Open; somebody has taken it.</summary>
    Acknowledged = 1,

    /// <summary>Over: its symptoms ended, or an operator said so.</summary>
    Resolved = 2,

    /// <summary>Merged into another, which answers for it.</summary>
    Merged = 3,
}
