using System.Globalization;

namespace Correlation.Signals;

/// <summary>The identity of a signal: stream, epoch, partition, offset and index.</summary>
/// <param name="Stream">The stream's name; letters, digits, <c>-</c>, <c>_</c> and <c>.</c> only.</param>
/// <param name="Epoch">The stream's epoch.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">The message's offset in the partition.</param>
/// <param name="Record">The ordinal of the record in the message as received, from 0.</param>
/// <param name="Target">The ordinal of the target in the record, from 0.</param>
[GenerateSerializer, Immutable, Alias("position")]
public readonly record struct Position(
    [property: Id(0)] string Stream,
    [property: Id(1)] int Epoch,
    [property: Id(2)] int Partition,
    [property: Id(3)] long Offset,
    [property: Id(4)] int Record,
    [property: Id(5)] int Target) : IComparable<Position>
{
    /// <summary>Orders by stream, epoch, partition, offset, record and target.</summary>
    public int CompareTo(Position other)
    {
        var order = string.CompareOrdinal(Stream, other.Stream);
        if (order == 0) order = Epoch.CompareTo(other.Epoch);
        if (order == 0) order = Partition.CompareTo(other.Partition);
        if (order == 0) order = Offset.CompareTo(other.Offset);
        if (order == 0) order = Record.CompareTo(other.Record);
        return order != 0 ? order : Target.CompareTo(other.Target);
    }

    /// <summary>The form used in addresses and answers: <c>stream:epoch:partition:offset:record.target</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Stream}:{Epoch}:{Partition}:{Offset}:{Record}.{Target}");

    /// <summary>Reads the form that <see cref="ToString"/> writes.</summary>
    /// <returns>False where the text is not of that form; never throws.</returns>
    public static bool TryParse(string? text, out Position position)
    {
        position = default;
        var parts = text?.Split(':');
        if (parts is not { Length: 5 } || parts[0].Length == 0) return false;
        var index = parts[4].Split('.');
        if (index.Length != 2) return false;
        if (!TryNumber(parts[1], out var epoch) || !TryNumber(parts[2], out var partition)) return false;
        if (!long.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)) return false;
        if (!TryNumber(index[0], out var record) || !TryNumber(index[1], out var target)) return false;
        position = new Position(parts[0], epoch, partition, offset, record, target);
        return true;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
