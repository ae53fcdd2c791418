using System.Globalization;
using Correlation.Customers;

namespace Correlation.Storage;

/// <summary>Where the archive keeps a customer's day: the customer first, so that one can be erased by prefix.</summary>
internal static class ArchivePath
{
    private const string Ending = ".ndjson";

    /// <summary>What all paths of a customer begin with.</summary>
    public static string Of(CustomerKey customer) => customer.Value + "/";

    /// <summary>A day's path without its ending.</summary>
    public static string Day(CustomerKey customer, DateOnly day) =>
        Of(customer) + day.ToString("yyyy'/'MM'/'dd", CultureInfo.InvariantCulture);

    /// <summary>The path of a part of a day.</summary>
    public static string Part(string day, int part) =>
        part == 0 ? day + Ending : string.Create(CultureInfo.InvariantCulture, $"{day}.{part}{Ending}");

    /// <summary>The day of a path; null where it is of another form.</summary>
    public static DateOnly? DayOf(string path)
    {
        var names = path.Split('/');
        if (names.Length < 3 || !names[^1].EndsWith(Ending, StringComparison.Ordinal)) return null;
        var text = $"{names[^3]}-{names[^2]}-{names[^1].Split('.')[0]}";
        var isDay = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        return isDay ? day : null;
    }
}
