using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Correlation.Tidy.Tests;

/// <summary>What one program calls of another has names and versions that are committed apart from the code.</summary>
public sealed class ContractTests
{
    private static readonly string[] Roots =
        ["IGrainWithStringKey", "IGrainWithIntegerKey", "IGrainWithGuidKey", "IGrainObserver", "IGrainService"];

    [Fact]
    public void Every_grain_interface_has_a_name_and_a_version_and_every_method_a_name() => Assert.Empty(
        from found in Interfaces()
        from missing in Missing(found.Interface)
        select $"{Repository.Relative(found.File)}: {missing}");

    [Fact]
    public void A_project_with_grain_interfaces_cannot_change_them_without_its_list_of_contracts()
    {
        var projects = Interfaces().Select(found => ProjectOf(found.File)).Distinct().ToList();
        Assert.True(projects.Count >= 2);
        Assert.Empty(
            from project in projects
            where !File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "OrleansContracts.txt"))
                || !XDocument.Load(project).Descendants("EnableOrleansContractsAnalyzer").Any(element => element.Value == "true")
            select Repository.Relative(project));

        // The analyzer says of a missing file and of a new class only by the way that they are there.
        var props = File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props"));
        Assert.All(["ORLEANS0016", "ORLEANS0018", "ORLEANS0020", "ORLEANS0022", "ORLEANS0027"],
            id => Assert.Contains(id, props, StringComparison.Ordinal));
    }

    private static IEnumerable<(string File, InterfaceDeclarationSyntax Interface)> Interfaces() =>
        from file in Repository.Files("*.cs", "src")
        from type in Repository.Parse(file).DescendantNodes().OfType<InterfaceDeclarationSyntax>()
        where type.BaseList?.Types.Any(parent => Roots.Contains(parent.Type.ToString())) == true
        select (file, type);

    private static IEnumerable<string> Missing(InterfaceDeclarationSyntax type)
    {
        foreach (var name in (string[])["Alias", "Version"])
        {
            if (!Has(type.AttributeLists, name)) yield return $"{type.Identifier.Text} has no [{name}]";
        }

        var methods = type.Members.OfType<MethodDeclarationSyntax>();
        foreach (var method in methods.Where(method => !Has(method.AttributeLists, "Alias")))
            yield return $"{type.Identifier.Text}.{method.Identifier.Text} has no [Alias]";
    }

    private static bool Has(SyntaxList<AttributeListSyntax> lists, string name) =>
        lists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() == name);

    private static string ProjectOf(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        while (true)
        {
            if (Directory.EnumerateFiles(folder, "*.csproj").FirstOrDefault() is { } project) return project;
            folder = Path.GetDirectoryName(folder)!;
        }
    }
}
