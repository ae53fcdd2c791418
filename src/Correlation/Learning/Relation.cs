namespace Correlation.Learning;

/// <summary>How the resource of what began first is related to the resource of what followed.</summary>
public enum Relation : byte
{
    /// <summary>Another kind of condition on the same resource.</summary>
    SameResource = 0,

    /// <summary>Any kind of condition on a neighbour in the topology.</summary>
    Neighbour = 1,

    /// <summary>The same kind of condition on the same resource.</summary>
    Self = 2,

    /// <summary>The same kind of condition on another resource, whichever.</summary>
    SameKind = 3,
}
