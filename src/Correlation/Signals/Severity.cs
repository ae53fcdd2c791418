namespace Correlation.Signals;

/// <summary>How bad a signal says it is; a larger value is worse, so that the worst of several is their maximum.</summary>
/// <remarks>
/// Azure's alert severities map Sev0 Critical, Sev1 Error, Sev2 Warning, Sev3 Informational, Sev4 Verbose
/// (Azure Monitor, "Common alert schema").
/// </remarks>
[GenerateSerializer, Alias("severity")]
public enum Severity : byte
{
    /// <summary>The signal carries no severity.</summary>
    Unknown = 0,

    /// <summary>Sev4, debug and verbose levels.</summary>
    Verbose = 1,

    /// <summary>Sev3, informational levels.</summary>
    Informational = 2,

    /// <summary>Sev2, warnings.</summary>
    Warning = 3,

    /// <summary>Sev1, errors.</summary>
    Error = 4,

    /// <summary>Sev0, critical levels.</summary>
    Critical = 5,
}
