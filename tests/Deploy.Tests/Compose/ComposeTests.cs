using System.Text.RegularExpressions;

namespace Correlation.Deploy.Tests.Compose;

/// <summary>docker-compose.yml, judged by docker-compose itself (which needs no engine for that) and by what it must not get
/// wrong. No engine runs where the tests do: nothing is started.</summary>
public sealed partial class ComposeTests
{
    private const string Program = "docker-compose";
    private static readonly string[] EmulatorPorts = ["5672", "9092", "5300", "8080"];

    private static readonly ComposeFile File = ComposeFile.Read();

    [Fact]
    public async Task It_is_understood() => Assert.Equal((0, "", ""), await ConfigAsync(ComposeFile.Text, ComposeFile.Variables));

    [Theory]
    [InlineData("  redis:\n", "  redis:\n    imagee: x\n", "imagee")]
    [InlineData("condition: service_started", "condition: service_begun", "depends_on")]
    [InlineData("      - azurite:/data\n", "      - azurit:/data\n", "azurit")]
    [InlineData("restart: unless-stopped", "restart: [always]", "restart")]
    public async Task What_is_wrong_in_it_is_found(string right, string wrong, string named)
    {
        Assert.Contains(right, ComposeFile.Text, StringComparison.Ordinal);

        var (exitCode, _, error) = await ConfigAsync(
            ComposeFile.Text.Replace(right, wrong, StringComparison.Ordinal), ComposeFile.Variables);

        Assert.NotEqual(0, exitCode);
        Assert.Contains(named, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_variable_has_to_be_given_and_is_in_the_example()
    {
        Assert.NotEmpty(ComposeFile.Variables);
        Assert.Equal(ComposeFile.Variables.Order(), ExampleLine().Matches(Checkout.Read("deploy/example.env"))
            .Select(match => match.Groups[1].Value).Order());
        foreach (var missing in ComposeFile.Variables)
        {
            var (exitCode, _, error) = await ConfigAsync(ComposeFile.Text, ComposeFile.Variables.Where(name => name != missing));

            Assert.NotEqual(0, exitCode);
            Assert.Contains(missing, error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_image_that_is_pulled_has_a_tag_with_a_version() => Assert.All(
        File.Services.Values.Where(service => service.Image != ComposeFile.OwnImage),
        service => Assert.Matches(@":v?\d+\.\d+\.\d+(-[a-z0-9.]+)?$", service.Image));

    [Fact]
    public void Every_service_is_asked_for_its_health_where_its_image_can() => Assert.Equal(
        ["collector", "eventhubs", "jaeger"],
        File.Services.Where(service => service.Value.Healthcheck is null && service.Value.Image != ComposeFile.OwnImage)
            .Select(service => service.Key).Order());

    [Fact]
    public void What_is_mounted_is_there()
    {
        var mounts = File.Services.Values.SelectMany(service => service.Volumes).Select(volume => volume.Split(':')[0]).ToList();
        Assert.All(mounts.Where(mount => mount.StartsWith('.')), mount => Assert.True(
            Path.Exists(Checkout.PathOf(mount)), $"There is no {mount}."));
        Assert.Equal(File.Volumes.Keys.Order(), mounts.Where(mount => !mount.StartsWith('.')).Distinct().Order());
    }

    [Fact]
    public void Nothing_is_reached_from_another_machine() => Assert.All(
        File.Services.Values.SelectMany(service => service.Ports),
        port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));

    [Fact]
    public void No_secret_has_a_value_here()
    {
        var secrets = File.Services.Values.SelectMany(service => service.Environment)
            .Where(one => Secret().IsMatch(one.Key))
            .ToLookup(one => one.Key.EndsWith("ConnectionString", StringComparison.Ordinal));
        Assert.NotEmpty(secrets[false]);
        Assert.All(secrets[false], secret => Assert.Equal(ComposeFile.Given, secret.Value));
        Assert.NotEmpty(secrets[true]);
        Assert.All(secrets[true], secret => Assert.True(
            secret.Value.Contains("UseDevelopment", StringComparison.Ordinal) || !secret.Value.Contains('='),
            $"{secret.Key} holds a key that is no emulator's."));
    }

    [Fact]
    public void Processes_in_one_network_have_ports_of_their_own()
    {
        var own = File.Own().Select(service => service.Value).ToList();
        Assert.Equal(3, own.Count);
        Assert.All(own, service => Assert.Equal("service:eventhubs", service.NetworkMode));
        var ports = own.SelectMany(service => service.Environment
            .Where(one => one.Key is "Correlation__SiloPort" or "Correlation__GatewayPort").Select(one => one.Value)
            .Append(service.HttpPort)).Concat(EmulatorPorts).ToList();
        Assert.Equal(ports.Distinct(), ports);
    }

    [Fact]
    public void The_published_port_is_the_gateways()
    {
        var gateway = File.Own().Single(service => service.Value.Environment.ContainsKey("Correlation__Role")).Value;

        Assert.Equal([$"127.0.0.1:8080:{gateway.HttpPort}"], File.Services["eventhubs"].Ports);
    }

    [Fact]
    public void Prometheus_scrapes_every_process() => Assert.Equal(
        File.Own().Select(service => $"\"eventhubs:{service.Value.HttpPort}\"").Order(),
        Target().Matches(Checkout.Read("deploy/prometheus/prometheus.yml")).Select(match => match.Value).Order());

    /// <summary>Has docker-compose read a text as if it were the file.</summary>
    private static async Task<(int ExitCode, string Output, string Error)> ConfigAsync(string text, IEnumerable<string> variables)
    {
        Programs.Need(Program);
        var file = Path.GetTempFileName();
        try
        {
            await System.IO.File.WriteAllTextAsync(file, text);
            return await Programs.RunAsync(
                Program, ["--project-directory", Checkout.Root, "--env-file", "deploy/example.env", "-f", file, "config", "-q"],
                [.. variables.Select(name => (name, ComposeFile.Given))]);
        }
        finally
        {
            System.IO.File.Delete(file);
        }
    }

    [GeneratedRegex(@"(?m)^([A-Z_]+)=$")]
    private static partial Regex ExampleLine();

    [GeneratedRegex("Key$|PASSWORD|Password|Secret|ConnectionString$")]
    private static partial Regex Secret();

    [GeneratedRegex("\"eventhubs:\\d+\"")]
    private static partial Regex Target();
}
