using System.Xml.Linq;

namespace Correlation.Tidy.Tests;

/// <summary>Which project may see which: the arrows of ARCHITECTURE.md.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Correlation"] = [],
        ["Contracts"] = ["Correlation"],
        ["Streams"] = ["Correlation"],
        ["Storage"] = ["Correlation"],
        ["Grains"] = ["Contracts", "Streams", "Storage"],
        ["Gateway"] = ["Contracts", "Streams"],
        ["Cli"] = ["Correlation"],
        ["Silo"] = ["Grains", "Gateway", "Streams", "Storage"],
    };

    [Fact]
    public void Projects_see_only_what_the_architecture_lets_them_see()
    {
        var wrong = from file in Repository.Files("*.csproj", "src")
                    let project = Path.GetFileNameWithoutExtension(file)
                    from reference in References(file, "ProjectReference")
                    let target = Path.GetFileNameWithoutExtension(reference)
                    where !Allowed[project].Contains(target)
                    select $"{project} must not see {target}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_domain_sees_no_more_of_Orleans_than_its_serializer() => Assert.Equal(
        ["Microsoft.Orleans.Serialization", "System.IO.Hashing"],
        References(Path.Combine(Repository.Root, "src/Correlation/Correlation.csproj"), "PackageReference").Order());

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Correlation.sln")).Replace('\\', '/');
        Assert.All(
            Repository.Files("*.csproj", "src", "tests", "loadtests").Select(Repository.Relative),
            project => Assert.Contains(project, solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Versions_are_central_and_every_project_has_its_lock_file()
    {
        var versioned = from file in Repository.Files("*.csproj", "src", "tests", "loadtests")
                        from reference in XDocument.Load(file).Descendants("PackageReference")
                        where reference.Attribute("Version") is not null
                        select Repository.Relative(file);
        var unlocked = Repository.Files("*.csproj", "src", "tests", "loadtests")
            .Where(file => !File.Exists(Path.Combine(Path.GetDirectoryName(file)!, "packages.lock.json")))
            .Select(Repository.Relative);
        Assert.Empty(versioned);
        Assert.Empty(unlocked);
    }

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(project).Descendants(kind).Select(element => element.Attribute("Include")!.Value.Replace('\\', '/'));
}
