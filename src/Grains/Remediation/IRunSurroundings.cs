using Correlation.Incidents;
using Correlation.Remediation;

namespace Correlation.Grains.Remediation;

/// <summary>Finds out what the guards must know from others.</summary>
public interface IRunSurroundings
{
    /// <summary>What matters for an incident's runs.</summary>
    Task<Surroundings> OfAsync(IncidentNotice notice, bool needsRecurrence);

    /// <summary>What matters for a run that a person is about to approve.</summary>
    Task<Surroundings> OfAsync(string customer, Run run);
}
