using System.Globalization;

namespace Correlation.Grains.Readers;

/// <summary>A partition of a stream.</summary>
internal readonly record struct PartitionName(string Stream, int Partition)
{
    /// <summary>The form that keys use: <c>stream/partition</c>.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Stream}/{Partition}");

    /// <summary>Reads the form that <see cref="Key"/> has.</summary>
    /// <exception cref="FormatException">It has another form.</exception>
    public static PartitionName Parse(string key)
    {
        var slash = key.LastIndexOf('/');
        if (slash <= 0) throw new FormatException("A partition is named stream/partition.");
        return new PartitionName(key[..slash], int.Parse(key.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture));
    }
}
