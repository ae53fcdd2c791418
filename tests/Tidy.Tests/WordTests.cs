using System.Text.RegularExpressions;

namespace Correlation.Tidy.Tests;

/// <summary>What must not stand in any committed file.</summary>
public sealed partial class WordTests
{
    private static readonly string[] Everything = [".", ".ci"];
    private static readonly string[] Texts = [".cs", ".csproj", ".props", ".md", ".sh", ".yml", ".yaml", ".json", ".razor",
        ".css"];

    [Fact]
    public void Nothing_is_left_to_do_in_a_comment() => Assert.Empty(Lines("src", "tests", "loadtests").Where(line =>
        Unfinished().IsMatch(line.Text) && !line.File.StartsWith("tests/Tidy.Tests", StringComparison.Ordinal)).Select(Show));

    [Fact]
    public void No_warning_is_silenced_and_nothing_is_folded_away() =>
        Assert.Empty(Lines("src", "tests", "loadtests").Where(line =>
        Silenced().IsMatch(line.Text) && !line.File.StartsWith("tests/Tidy.Tests", StringComparison.Ordinal)).Select(Show));

    [Fact]
    public void No_file_names_a_path_of_one_machine() => Assert.Empty(Lines(Everything).Where(line =>
        MachinePath().IsMatch(line.Text) && !line.File.StartsWith("tests/Tidy.Tests", StringComparison.Ordinal)).Select(Show));

    [Fact]
    public void No_file_names_a_registry() => Assert.Empty(Lines(Everything).Where(line =>
        Registry().IsMatch(line.Text) && !line.File.StartsWith("tests/Tidy.Tests", StringComparison.Ordinal)).Select(Show));

    private static IEnumerable<(string File, int Number, string Text)> Lines(params string[] folders) =>
        from file in Repository.Files("*", folders).Distinct()
        where Texts.Contains(Path.GetExtension(file)) && !file.EndsWith("packages.lock.json", StringComparison.Ordinal)
        from line in File.ReadLines(file).Index()
        select (Repository.Relative(file), line.Index + 1, line.Item);

    private static string Show((string File, int Number, string Text) line) => $"{line.File}:{line.Number}: {line.Text.Trim()}";

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"^\s*#(pragma warning disable|region)|SuppressMessage\(")]
    private static partial Regex Silenced();

    [GeneratedRegex(@"(?<![\w.])/(root|home|work)/[a-z.]")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"api\.nuget\.org|registry\.npmjs\.org|deb\.debian\.org|pypi\.org")]
    private static partial Regex Registry();
}
