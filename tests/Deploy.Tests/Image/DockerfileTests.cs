using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Correlation.Deploy.Tests.Image;

/// <summary>The image, as far as it can be judged without building it.</summary>
public sealed partial class DockerfileTests
{
    private static readonly Dockerfile File = Dockerfile.Read();

    [Fact]
    public void It_is_built_by_the_SDK_that_the_repository_names()
    {
        using var pinned = JsonDocument.Parse(Checkout.Read("global.json"));
        var version = pinned.RootElement.GetProperty("sdk").GetProperty("version").GetString();

        Assert.StartsWith($"mcr.microsoft.com/dotnet/sdk:{version}-", From(0), StringComparison.Ordinal);
    }

    [Fact]
    public void It_runs_on_the_framework_that_its_packages_are_of()
    {
        var version = XDocument.Parse(Checkout.Read("Directory.Packages.props")).Descendants("PackageVersion")
            .Single(package => package.Attribute("Include")!.Value == "Microsoft.AspNetCore.OpenApi").Attribute("Version")!.Value;

        Assert.StartsWith($"mcr.microsoft.com/dotnet/aspnet:{version}-", From(1), StringComparison.Ordinal);
    }

    [Fact]
    public void The_process_is_not_root() =>
        Assert.Equal("$APP_UID", File.Final.Last(instruction => instruction.Verb == "USER").Text);

    [Fact]
    public void Nothing_in_it_is_a_secret() =>
        Assert.DoesNotContain(File.Environment.Keys, name => Secret().IsMatch(name));

    [Fact]
    public void What_is_copied_is_there_and_not_ignored()
    {
        var let = Checkout.Read(".dockerignore").Split('\n')
            .Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();
        var copied = File.Instructions.Where(one => one.Verb == "COPY")
            .Where(one => !one.Text.StartsWith("--from", StringComparison.Ordinal))
            .SelectMany(one => one.Text.Split(' ')[..^1]).ToList();
        Assert.NotEmpty(copied);
        Assert.All(copied, name => Assert.True(Path.Exists(Checkout.PathOf(name)), $"There is no {name}."));
        Assert.Equal(let.Order(StringComparer.Ordinal), copied.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_starts_the_program_that_is_built() => Assert.True(System.IO.File.Exists(Path.Combine(
        Checkout.MetadataOf("SiloFolder"),
        JsonSerializer.Deserialize<string[]>(File.Final.Single(one => one.Verb == "ENTRYPOINT").Text)![1])));

    [Fact]
    public void Its_health_is_asked_by_what_it_holds()
    {
        var check = File.Final.Single(one => one.Verb == "HEALTHCHECK").Text;

        Assert.EndsWith("CMD [\"bash\", \"/app/health.sh\"]", check, StringComparison.Ordinal);
        Assert.Contains(("COPY", "deploy/health.sh /app/health.sh"), File.Final);
    }

    private static string From(int stage) => File.Instructions.Where(one => one.Verb == "FROM").ElementAt(stage).Text;

    [GeneratedRegex("KEY|SECRET|PASSWORD|TOKEN|CONNECTION", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
