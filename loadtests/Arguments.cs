using System.Globalization;

namespace Correlation.LoadTests;

/// <summary>A scenario's options: <c>--name value</c> pairs.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> values = [];

    /// <exception cref="ArgumentException">Something is no <c>--name value</c> pair.</exception>
    public static Arguments Parse(ReadOnlySpan<string> args)
    {
        var parsed = new Arguments();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == args.Length)
            {
                throw new ArgumentException($"'{args[i]}' is not followed by a value.");
            }

            parsed.values[args[i][2..]] = args[i + 1];
        }

        return parsed;
    }

    public string Text(string name) =>
        values.TryGetValue(name, out var value) ? value : throw new ArgumentException($"--{name} is missing.");

    public string Text(string name, string otherwise) => values.GetValueOrDefault(name, otherwise);

    public long Number(string name, long otherwise) =>
        !values.TryGetValue(name, out var value) ? otherwise
        : long.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number
        : throw new ArgumentException($"--{name} is not a whole number.");

    /// <summary>A whole number that is 1 at least.</summary>
    public long Positive(string name, long otherwise) => Number(name, otherwise) is var number and > 0 ? number
        : throw new ArgumentException($"--{name} must be 1 at least.");

    public TimeSpan Seconds(string name, long otherwise) => TimeSpan.FromSeconds(Positive(name, otherwise));

    /// <summary>Whole numbers with commas between.</summary>
    public IReadOnlyList<int> Numbers(string name, params int[] otherwise) =>
        !values.TryGetValue(name, out var value) ? otherwise
        : [.. value.Split(',').Select(one =>
            int.TryParse(one, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
            : throw new ArgumentException($"--{name} is no list of whole numbers above 0 with commas between."))];
}
