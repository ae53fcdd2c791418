using System.Collections.Immutable;
using System.Globalization;
using Correlation.Delivery;

namespace Correlation.Storage.Azure;

/// <summary>A lane's share of the books as one text, so that it changes with the lane's head and is read with it.</summary>
/// <remarks>One part a customer: the customer and seven counts. A resource seldom has more than one.</remarks>
internal static class LaneBooks
{
    private const char Between = ';';
    private const char Within = ',';

    /// <summary>The text of books; what waits is not in it.</summary>
    public static string Text(IEnumerable<KeyValuePair<string, ParkingLedger>> books) => string.Join(
        Between,
        books.OrderBy(book => book.Key, StringComparer.Ordinal)
            .Select(book => string.Join(Within, Counts(book.Value).Prepend(RowFormat.Written(book.Key)))));

    /// <summary>Books from their text.</summary>
    public static ImmutableDictionary<string, ParkingLedger> Read(string text)
    {
        if (text.Length == 0) return ImmutableDictionary<string, ParkingLedger>.Empty;
        return text.Split(Between).Select(part => part.Split(Within)).ToImmutableDictionary(
            part => RowFormat.Read(part[0]),
            part => new ParkingLedger
            {
                Parked = Count(part[1]),
                Duplicate = Count(part[2]),
                Late = Count(part[3]),
                Aggregated = Count(part[4]),
                Context = Count(part[5]),
                Transition = Count(part[6]),
                Discarded = Count(part[7]),
            });
    }

    private static IEnumerable<string> Counts(ParkingLedger book)
    {
        long[] counts =
        [
            book.Parked, book.Duplicate, book.Late, book.Aggregated, book.Context, book.Transition, book.Discarded,
        ];
        return counts.Select(count => count.ToString(CultureInfo.InvariantCulture));
    }

    private static long Count(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
