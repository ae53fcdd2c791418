namespace Correlation.Estate;

/// <summary>An incident that a correlator made.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Members">Its symptoms.</param>
public sealed record FoundIncident(string Id, IReadOnlyList<FoundSymptom> Members);
