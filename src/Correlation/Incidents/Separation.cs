namespace Correlation.Incidents;

/// <summary>What keeps two things apart.</summary>
/// <remarks>Where several do, the first in this order is named; but of what refuses a link between groups
/// (<see cref="ChainBound"/> to <see cref="CannotLink"/>) an operator's word comes first, as it does in grouping.</remarks>
[GenerateSerializer, Alias("separation")]
public enum Separation : byte
{
    /// <summary>Nothing: they are together, or will be with the next decision.</summary>
    None = 0,

    /// <summary>A maintenance window suppresses one of them.</summary>
    Suppressed = 1,

    /// <summary>One of them is no symptom here: its signal is late, rejected or shed, was never seen, or is forgotten.</summary>
    NotKnown = 2,

    /// <summary>They share no list of the index, or too many others lie between them in the lists that they share.</summary>
    NeverCompared = 3,

    /// <summary>The evidence does not come to <see cref="Grouping.GroupingOptions.Threshold"/>.</summary>
    BelowThreshold = 4,

    /// <summary>Something rules them out, whatever the evidence for.</summary>
    Veto = 5,

    /// <summary>They are linked, but the conditions of their groups have too little to do with each other on the mean.</summary>
    ChainBound = 6,

    /// <summary>They are linked, but their groups together would have too many members.</summary>
    MaxMembers = 7,

    /// <summary>They are linked, but their groups together would span too long a time.</summary>
    MaxSpread = 8,

    /// <summary>An operator said that they do not belong together.</summary>
    CannotLink = 9,

    /// <summary>One of them was sealed before they could be joined.</summary>
    SealedBefore = 10,

    /// <summary>The change came too long before the first symptom.</summary>
    TooEarly = 11,

    /// <summary>The change came after the first symptom.</summary>
    AfterStart = 12,

    /// <summary>The change is on nothing that the symptoms are on, depend on or are part of, and shares no key.</summary>
    NoRelation = 13,

    /// <summary>Other changes are likelier causes.</summary>
    Outranked = 14,

    /// <summary>Both are changes, which are possible causes and never grouped.</summary>
    BothChanges = 15,
}
