using System.Text.Json;

namespace Correlation.Quality;

/// <summary>One JSON value a line.</summary>
internal static class JsonLines
{
    public static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <exception cref="InvalidDataException">A line is no value of this form.</exception>
    public static IEnumerable<T> Read<T>(string file)
    {
        foreach (var (number, line) in File.ReadLines(file).Index())
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            T? value;
            try
            {
                value = JsonSerializer.Deserialize<T>(line, Form);
            }
            catch (JsonException e)
            {
                throw new InvalidDataException($"{Path.GetFileName(file)}, line {number + 1}: {e.Message}", e);
            }

            if (value is not null) yield return value;
        }
    }

    public static void Write<T>(string file, IEnumerable<T> values)
    {
        using var output = new StreamWriter(file) { NewLine = "\n" };
        foreach (var value in values) output.WriteLine(JsonSerializer.Serialize(value, Form));
    }
}
