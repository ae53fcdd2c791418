namespace Correlation.Problems;

/// <summary>Where a problem is in its life (ITIL's problem record).</summary>
public enum ProblemState : byte
{
    /// <summary>It recurs; nobody has looked into it.</summary>
    Open = 0,

    /// <summary>Somebody is looking into it.</summary>
    Investigating = 1,

    /// <summary>Its cause and a way to get by are known.</summary>
    KnownError = 2,

    /// <summary>A fix was made; whether it holds is watched.</summary>
    Fixed = 3,

    /// <summary>The fix held, or nobody wants to hear of it again.</summary>
    Closed = 4,
}
