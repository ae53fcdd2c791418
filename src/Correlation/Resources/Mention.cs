namespace Correlation.Resources;

/// <summary>A signal that a fact rests on, with what orders it among others of the same moment in every replay.</summary>
/// <param name="Reference">The signal.</param>
/// <param name="Key">Eight bytes of its dedup key.</param>
[GenerateSerializer, Immutable, Alias("mention")]
internal readonly record struct Mention([property: Id(0)] SignalReference Reference, [property: Id(1)] ulong Key)
    : IComparable<Mention>
{
    public int CompareTo(Mention other)
    {
        var order = Reference.EventTime.CompareTo(other.Reference.EventTime);
        return order != 0 ? order : Key.CompareTo(other.Key);
    }
}
