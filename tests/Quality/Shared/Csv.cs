using System.Globalization;
using System.Text;

namespace Correlation.Quality;

/// <summary>Reads the rows of a comma-separated file with a header line; quoted fields may hold commas and doubled
/// quotes.</summary>
internal static class Csv
{
    /// <summary>The rows, field by field in the order of some columns; a column that is missing is empty.</summary>
    /// <exception cref="InvalidDataException">A needed column is missing.</exception>
    public static IEnumerable<string[]> Read(TextReader text, params string[] columns)
    {
        var header = Split(text.ReadLine() ?? "");
        var places = columns.Select(name => header.IndexOf(name)).ToArray();
        var missing = columns.Where((_, i) => places[i] < 0).ToList();
        if (missing.Count > 0) throw new InvalidDataException($"The columns {string.Join(", ", missing)} are missing.");
        while (text.ReadLine() is { } line)
        {
            if (line.Length == 0) continue;
            var fields = Split(line);
            yield return [.. places.Select(place => place < fields.Count ? fields[place] : "")];
        }
    }

    /// <summary>The names in the header of a file.</summary>
    public static IReadOnlyList<string> HeaderOf(string file) => Split(File.ReadLines(file).FirstOrDefault() ?? "");

    public static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number : throw new InvalidDataException($"'{text}' is no number.");

    public static int Whole(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number : throw new InvalidDataException($"'{text}' is no whole number.");

    private static List<string> Split(string line)
    {
        if (!line.Contains('"')) return [.. line.Split(',')];
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        foreach (var c in line)
        {
            if (c == '"') quoted = !quoted;
            else if (c == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else field.Append(c);
        }

        fields.Add(field.ToString());
        return fields;
    }
}
