namespace Correlation.Resources;

/// <summary>What a fact says of its condition; ordered as facts of the same moment are walked.</summary>
[GenerateSerializer, Alias("fact-role")]
internal enum FactRole : byte
{
    /// <summary>It is there from now on.</summary>
    Open = 0,

    /// <summary>It was there at this moment.</summary>
    Pulse = 1,

    /// <summary>It is over.</summary>
    Close = 2,
}
