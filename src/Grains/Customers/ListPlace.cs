using System.Globalization;
using Correlation.Contracts;
using Correlation.Customers;

namespace Correlation.Grains.Customers;

/// <summary>Where an incident or symptom stands in a list: the one that started last comes first, then by id.</summary>
internal readonly record struct ListPlace(DateTimeOffset Started, string Id) : IComparable<ListPlace>
{
    /// <summary>The place of an incident.</summary>
    public static ListPlace Of(IncidentSummary incident) => new(incident.Started, incident.Id);

    /// <summary>The place of a symptom.</summary>
    public static ListPlace Of(TrackedSymptom tracked) => new(tracked.Symptom.Start, tracked.Symptom.Id);

    /// <summary>Reads a cursor; null where it is none.</summary>
    public static ListPlace? Parse(string? cursor)
    {
        var parts = cursor?.Split('|');
        if (parts is not { Length: 2 }) return null;
        return long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTime.MaxValue.Ticks
            ? new ListPlace(new DateTimeOffset(ticks, TimeSpan.Zero), parts[1])
            : null;
    }

    /// <inheritdoc/>
    public int CompareTo(ListPlace other)
    {
        var order = other.Started.CompareTo(Started);
        return order != 0 ? order : string.CompareOrdinal(Id, other.Id);
    }

    /// <summary>The form of a cursor.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Started.UtcTicks}|{Id}");
}
