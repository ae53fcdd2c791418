using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Correlation.Tidy.Tests;

/// <summary>Options that a bad value passes through stop nothing at start, however carefully they are validated.</summary>
public sealed class OptionsTests
{
    private static readonly string[] Bounded = ["int", "long", "double", "TimeSpan"];

    [Fact]
    public void Every_number_and_time_in_an_options_class_has_a_range() => Assert.Empty(
        from file in Repository.Files("*.cs", "src")
        from type in Repository.Parse(file).DescendantNodes().OfType<ClassDeclarationSyntax>()
        let properties = type.Members.OfType<PropertyDeclarationSyntax>().Where(IsSet).ToList()
        where type.Identifier.Text.EndsWith("Options", StringComparison.Ordinal) || properties.Exists(HasRange)
        from property in properties
        where Bounded.Contains(property.Type.ToString()) && !HasRange(property)
        select $"{Repository.Relative(file)}: {type.Identifier.Text}.{property.Identifier.Text} has no [Range]");

    private static bool IsSet(PropertyDeclarationSyntax property) =>
        property.AccessorList?.Accessors.Any(accessor => accessor.Keyword.Text == "set") == true;

    private static bool HasRange(PropertyDeclarationSyntax property) =>
        property.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() == "Range");
}
