using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Correlation.Tidy.Tests;

/// <summary>Files and methods that a reader can hold in the head (the sizes are those of the code bases in the style
/// guide).</summary>
public sealed class SizeTests
{
    private const int FileLinesMax = 400;
    private const int MethodLinesMax = 60;
    private const int ParametersMax = 7;
    private const int LineLengthMax = 130;

    private static readonly string[] Code = ["src", "tests", "loadtests"];

    [Fact]
    public void No_file_is_longer_than_a_reader_can_hold() => Assert.Empty(
        from file in Repository.Files("*.cs", Code)
        let lines = File.ReadLines(file).Count()
        where lines > FileLinesMax
        select $"{Repository.Relative(file)}: {lines} lines");

    [Fact]
    public void No_line_is_wider_than_a_screen() => Assert.Empty(
        from file in Repository.Files("*.cs", Code)
        from line in File.ReadLines(file).Index()
        where line.Item.Length > LineLengthMax
        select $"{Repository.Relative(file)}:{line.Index + 1}: {line.Item.Length} characters");

    [Fact]
    public void No_method_is_longer_than_a_screen() => Assert.Empty(
        from file in Repository.Files("*.cs", Code)
        from method in Repository.Parse(file).DescendantNodes().OfType<BaseMethodDeclarationSyntax>()
        let lines = method.GetLocation().GetLineSpan() is var span
            ? span.EndLinePosition.Line - span.StartLinePosition.Line + 1 : 0
        where lines > MethodLinesMax
        select $"{Repository.Relative(file)}: {NameOf(method)} has {lines} lines");

    [Fact]
    public void No_method_takes_more_than_a_handful_of_parameters() => Assert.Empty(
        from file in Repository.Files("*.cs", "src")
        from method in Repository.Parse(file).DescendantNodes().OfType<MethodDeclarationSyntax>()
        let count = method.ParameterList.Parameters.Count
        where count > ParametersMax
        select $"{Repository.Relative(file)}: {method.Identifier.Text} takes {count} parameters");

    private static string NameOf(BaseMethodDeclarationSyntax method) => method switch
    {
        MethodDeclarationSyntax named => named.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        _ => method.Kind().ToString(),
    };
}
