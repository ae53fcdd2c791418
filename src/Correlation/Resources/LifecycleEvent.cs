namespace Correlation.Resources;

/// <summary>A creation (or any write) or a deletion of the resource itself.</summary>
/// <param name="At">When, event time.</param>
/// <param name="Created">Whether it was not a deletion.</param>
[GenerateSerializer, Immutable, Alias("lifecycle-event")]
internal readonly record struct LifecycleEvent([property: Id(0)] DateTimeOffset At, [property: Id(1)] bool Created)
    : IComparable<LifecycleEvent>
{
    public int CompareTo(LifecycleEvent other)
    {
        var order = At.CompareTo(other.At);
        return order != 0 ? order : Created.CompareTo(other.Created);
    }
}
