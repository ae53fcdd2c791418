namespace Correlation.Delivery;

/// <summary>Messages of a partition that the stream lost before they were read (retention overran the reader).</summary>
/// <param name="Epoch">The stream's epoch.</param>
/// <param name="First">The first offset that was lost.</param>
/// <param name="Last">The last offset that was lost.</param>
/// <param name="Noticed">The log time when that was noticed; the wall clock of a live stream.</param>
[GenerateSerializer, Immutable, Alias("lost-range")]
public sealed record LostRange(
    [property: Id(0)] int Epoch,
    [property: Id(1)] long First,
    [property: Id(2)] long Last,
    [property: Id(3)] DateTimeOffset Noticed)
{
    /// <summary>How many messages.</summary>
    public long Messages => Last - First + 1;
}
