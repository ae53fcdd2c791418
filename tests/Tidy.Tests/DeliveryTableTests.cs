using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Correlation.Tidy.Tests;

/// <summary>docs/delivery.md: every invariant and every failure case names a test that there is.</summary>
public sealed partial class DeliveryTableTests
{
    private const int CasesLeast = 25;

    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs/delivery.md"));

    private static readonly Lazy<HashSet<string>> Tests = new(() =>
    [
        .. from file in Repository.Files("*.cs", "tests")
           from type in Repository.Parse(file).DescendantNodes().OfType<ClassDeclarationSyntax>()
           from method in type.Members.OfType<MethodDeclarationSyntax>()
           where method.AttributeLists.SelectMany(list => list.Attributes)
               .Any(attribute => attribute.Name.ToString() is "Fact" or "Theory")
           select $"{type.Identifier.Text}.{method.Identifier.Text}",
    ]);

    public static TheoryData<string> Tables => ["## Invariants", "## Failure cases"];

    [Theory, MemberData(nameof(Tables))]
    public void Every_row_names_tests_that_there_are(string heading)
    {
        var rows = RowsOf(heading);
        Assert.NotEmpty(rows);
        Assert.Empty(rows.Where(row => Named().Count(row[^1]) == 0).Select(row => $"{row[0]} names no test"));
        Assert.Empty(rows.SelectMany(row => Named().Matches(row[^1])).Select(match => match.Groups[1].Value)
            .Where(test => !Tests.Value.Contains(test)).Select(test => $"There is no test {test}"));
    }

    [Fact]
    public void There_are_as_many_cases_as_were_promised_and_each_is_one_of_its_own()
    {
        var cases = RowsOf("## Failure cases").Select(row => row[0]).ToList();
        Assert.True(cases.Count >= CasesLeast, $"There are {cases.Count} cases.");
        Assert.Equal(cases.Distinct(), cases);
    }

    [Fact]
    public void The_architecture_points_here() => Assert.Contains(
        "docs/delivery.md", File.ReadAllText(Path.Combine(Repository.Root, "ARCHITECTURE.md")), StringComparison.Ordinal);

    /// <summary>The cells of the table under a heading, without its head.</summary>
    private static List<string[]> RowsOf(string heading) =>
    [
        .. Lines.SkipWhile(line => line != heading).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith('|')).Skip(2)
            .Select(line => line.Trim('|').Split(" | ", StringSplitOptions.TrimEntries)),
    ];

    [GeneratedRegex(@"`(\w+\.\w+)`")]
    private static partial Regex Named();
}
