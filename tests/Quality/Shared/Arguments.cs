using System.Globalization;

namespace Correlation.Quality;

/// <summary>A command's arguments: names of files, and <c>--option value</c> pairs between them.</summary>
internal sealed class Arguments
{
    private readonly List<string> _files = [];
    private readonly Dictionary<string, string> _options = [];

    /// <exception cref="ArgumentException">An option has no value.</exception>
    public static Arguments Parse(ReadOnlySpan<string> args)
    {
        var parsed = new Arguments();
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal)) parsed._files.Add(args[i]);
            else if (i + 1 < args.Length) parsed._options[args[i][2..]] = args[++i];
            else throw new ArgumentException($"'{args[i]}' is not followed by a value.");
        }

        return parsed;
    }

    /// <summary>All of them, options first, files by their names alone: as a written file may say it.</summary>
    public override string ToString() => string.Join(' ', _options
        .Select(option => $"--{option.Key} {(File.Exists(option.Value) ? Path.GetFileName(option.Value) : option.Value)}")
        .Concat(_files.Select(Path.GetFileName)));

    /// <summary>The files, which must be so many.</summary>
    public IReadOnlyList<string> Files(int count) =>
        _files.Count == count ? _files : throw new ArgumentException($"{count} names of files are needed.");

    public string Text(string option) => Find(option) ?? throw new ArgumentException($"--{option} is missing.");

    public string? Find(string option) => _options.GetValueOrDefault(option);

    public int Number(string option, int otherwise) =>
        Find(option) is not { } text ? otherwise
        : int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number
        : throw new ArgumentException($"--{option} is not a whole number.");

    /// <summary>A range of whole numbers: <c>A..B</c>, both included, or one number.</summary>
    public IReadOnlyList<int> Range(string option)
    {
        var parts = Text(option).Split("..");
        if (parts.Length > 2 || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out var from)
            || !int.TryParse(parts[^1], CultureInfo.InvariantCulture, out var until) || until < from || from < 0)
            throw new ArgumentException($"--{option} is no range like 1..20.");
        return [.. Enumerable.Range(from, until - from + 1)];
    }
}
