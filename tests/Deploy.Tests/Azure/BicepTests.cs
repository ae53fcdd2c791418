using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Correlation.Deploy.Tests.Compose;

namespace Correlation.Deploy.Tests.Azure;

/// <summary>deploy/azure, by the Bicep compiler, which knows the types of Azure's resources. Nothing is deployed.</summary>
public sealed partial class BicepTests
{
    /// <summary>Azure's built-in roles (learn.microsoft.com/azure/role-based-access-control/built-in-roles).</summary>
    private static readonly Dictionary<string, string> Roles = new()
    {
        ["a638d3c7-ab3a-418d-83e6-5f17a39d4fde"] = "Azure Event Hubs Data Receiver",
        ["2b629674-e913-4c01-ae53-ef4638d8f975"] = "Azure Event Hubs Data Sender",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["7f951dda-4ed3-4680-a7ca-43fe172d538d"] = "AcrPull",
    };

    private static readonly string Compiler = Checkout.MetadataOf("Bicep");

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Checkout.PathOf("deploy/azure"), "*.bicep").Select(file => Path.GetFileName(file))];

    [Theory, MemberData(nameof(Files))]
    public async Task A_file_compiles_without_a_warning(string file)
    {
        var (exitCode, _, error) = await CompileAsync(Checkout.PathOf($"deploy/azure/{file}"));

        Assert.Equal((0, ""), (exitCode, error));
    }

    [Theory]
    [InlineData("publicNetworkAces: 'Disabled'", "publicNetworkAces")]
    [InlineData("supportsHttpsTrafficOnly: 'yes'", "BCP036")]
    public async Task What_Azure_would_not_take_is_told(string property, string named)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("bicep-").FullName, "wrong.bicep");
        await File.WriteAllTextAsync(file, $$"""
            resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
              name: 'wrong'
              location: resourceGroup().location
              kind: 'StorageV2'
              sku: { name: 'Standard_ZRS' }
              properties: { {{property}} }
            }
            """, TestContext.Current.CancellationToken);

        var (_, _, error) = await CompileAsync(file);

        Assert.Contains(named, error, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public void Every_role_is_the_one_that_it_is_called()
    {
        var named = Files.SelectMany(file => Role().Matches(Checkout.Read($"deploy/azure/{file.Data}")))
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

        Assert.Equal(Roles.OrderBy(role => role.Key), named.OrderBy(role => role.Key));
    }

    [Fact]
    public void The_hubs_are_the_same_everywhere()
    {
        var hubs = Hub().Matches(Checkout.Read("deploy/azure/event-hubs.bicep"))
            .Select(match => match.Groups[1].Value).Order().ToList();

        Assert.Equal(2, hubs.Count);
        Assert.Equal(hubs, EmulatorHub().Matches(Checkout.Read("deploy/eventhubs/config.json"))
            .Select(match => match.Groups[1].Value).Order());
        var environments = ComposeFile.Read().Own().Select(service => service.Value.Environment)
            .Concat(KubernetesFile.Read().Containers.Where(container => container.IsOwn)
                .Select(container => container.Environment));
        Assert.All(environments, environment => Assert.Equal(
            hubs, environment.Where(one => HubSetting().IsMatch(one.Key)).Select(one => one.Value).Order()));
        Assert.All(hubs, hub => Assert.Contains($"`{hub}`", Checkout.Read("docs/azure.md"), StringComparison.Ordinal));
    }

    private static async Task<(int ExitCode, string Output, string Error)> CompileAsync(string file)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "The Bicep compiler of the package is a program for Linux on x64.");
        return await Programs.RunAsync(Compiler, ["build", file, "--stdout"], ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1"));
    }

    [GeneratedRegex(@"'([0-9a-f]{8}-[0-9a-f-]{27})' // (.+)")]
    private static partial Regex Role();

    [GeneratedRegex(@"var \w+Hub = '([^']+)'")]
    private static partial Regex Hub();

    [GeneratedRegex("\"Name\": \"([^\"]+)\",\\s*\"PartitionCount\"")]
    private static partial Regex EmulatorHub();

    [GeneratedRegex("^Streams__EventHubs__Hubs__[0-9]+__Name$")]
    private static partial Regex HubSetting();
}
