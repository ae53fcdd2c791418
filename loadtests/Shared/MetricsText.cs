using System.Globalization;

namespace Correlation.LoadTests.Shared;

/// <summary>Metrics in Prometheus' text form.</summary>
internal sealed class MetricsText
{
    private readonly List<(string Name, string Labels, double Value)> series = [];

    /// <summary>Reads a page of metrics; comments are passed over.</summary>
    public static MetricsText Parse(string text)
    {
        var parsed = new MetricsText();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.IsEmpty || line[0] == '#') continue;
            var end = line.LastIndexOf('}') + 1;
            if (end == 0) end = line.IndexOf(' ');
            var brace = line[..end].IndexOf('{');
            var rest = line[end..].Trim();
            var space = rest.IndexOf(' ');
            var number = space < 0 ? rest : rest[..space];
            if (!double.TryParse(number, CultureInfo.InvariantCulture, out var value)) continue;
            var name = brace < 0 ? line[..end] : line[..brace];
            parsed.series.Add((name.ToString(), brace < 0 ? "" : line[brace..end].ToString(), value));
        }

        return parsed;
    }

    /// <summary>The sum of all series of a name; 0 where there is none, as there is before the first event is
    /// counted.</summary>
    /// <param name="name">The whole name.</param>
    /// <param name="label">What a series' labels must hold, as <c>key="value"</c>; empty for any.</param>
    public double Sum(string name, string label = "") => series
        .Where(one => one.Name == name && one.Labels.Contains(label, StringComparison.Ordinal)).Sum(one => one.Value);
}
