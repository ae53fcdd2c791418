using Correlation.Deploy.Tests.Azure;
using Correlation.Deploy.Tests.Compose;
using Correlation.Deploy.Tests.Image;

namespace Correlation.Deploy.Tests.Settings;

/// <summary>Every variable that a process of ours is given, by docker-compose.yml or by deploy/kubernetes, is a setting that it
/// reads: the process is built with them, and what nobody asked for is told.</summary>
public sealed class SettingsTests
{
    private static readonly Dictionary<string, Dictionary<string, string>> Environments = Compose()
        .Concat(KubernetesFile.Read().Containers.Where(container => container.IsOwn)
            .Select(container => ($"kubernetes {container.Name}", container.Environment)))
        .ToDictionary(one => one.Item1, one => one.Item2);

    public static TheoryData<string> Processes => [.. Environments.Keys];

    [Theory, MemberData(nameof(Processes))]
    public async Task Every_variable_is_a_setting_of_the_process(string process)
    {
        Assert.NotEmpty(Environments[process]);

        Assert.Empty(await BuiltProcess.UnreadAsync(Environments[process]));
    }

    [Theory]
    [InlineData("Storage__Azure__Tables", "https://a.table.core.windows.net")]
    [InlineData("Correlation__Customers__Paths", "/config/customers.json")]
    [InlineData("Orleans__Clustering__Connection", "redis:6379")]
    [InlineData("Gateway__ApiKeys__0__Customer__0", "*")]
    [InlineData("MADE_UP", "1")]
    public async Task A_variable_that_is_no_setting_is_told(string name, string value)
    {
        var environment = new Dictionary<string, string>(Environments["silo1"]) { [name] = value };

        Assert.Equal([name.Replace("__", ":", StringComparison.Ordinal)], await BuiltProcess.UnreadAsync(environment));
    }

    [Fact]
    public void Three_processes_and_two_kinds_of_pods_are_looked_at() => Assert.Equal(
        ["gateway", "kubernetes gateway", "kubernetes silo", "silo1", "silo2"], Environments.Keys.Order(StringComparer.Ordinal));

    /// <summary>The services of our image: the image's own variables, then the service's, with what lies in mounted folders
    /// looked for where it is mounted from.</summary>
    private static IEnumerable<(string Name, Dictionary<string, string> Environment)> Compose()
    {
        foreach (var (name, service) in ComposeFile.Read().Own())
        {
            var environment = new Dictionary<string, string>(Dockerfile.Read().Environment);
            foreach (var (key, value) in service.Environment) environment[key] = Unmounted(service, value);
            yield return (name, environment);
        }
    }

    private static string Unmounted(ComposeService service, string value)
    {
        foreach (var mount in service.Volumes.Select(volume => volume.Split(':')).Where(mount => mount[0].StartsWith('.')))
        {
            if (!value.StartsWith(mount[1] + "/", StringComparison.Ordinal)) continue;
            var file = Checkout.PathOf(mount[0] + value[mount[1].Length..]);
            Assert.True(File.Exists(file), $"There is no {file}, which {value} is mounted from.");
            return file;
        }

        return value;
    }
}
