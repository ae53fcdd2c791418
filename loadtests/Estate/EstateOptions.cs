namespace Correlation.Estate;

/// <summary>What estate to make. Equal options give equal bytes.</summary>
public sealed record EstateOptions
{
    /// <summary>What every draw comes from.</summary>
    /// <value>1.</value>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many hours before the end the estate's signals begin; 24 to 336.</summary>
    /// <value>48: two nights, so that the nightly job fails twice.</value>
    public int Hours { get; init; } = 48;
}
