using System.Net;
using System.Net.Sockets;

namespace Correlation.Silo.Tests;

/// <summary>A start that cannot succeed ends with one sentence that says what is wrong and what to do,
/// and nothing else.</summary>
public sealed class StartTests : IDisposable
{
    private const string AccountKey = "c2VjcmV0LXNlY3JldC1zZWNyZXQ=";
    private const string Nowhere = $"ConnectionString=AccountName=a;AccountKey={AccountKey};" +
        "TableEndpoint=http://127.0.0.1:1/a;BlobEndpoint=http://127.0.0.1:1/a";

    private readonly DataFolder _folder = new(DateTimeOffset.UnixEpoch);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task An_http_address_that_is_taken_is_named_with_the_way_to_choose_another(string host)
    {
        using var taken = Taken();

        var refused = await SiloProcess.RefusedAsync(_folder.Path, $"--urls=http://{host}:{PortOf(taken)}");

        AssertRefused(refused, $"http://{host}:{PortOf(taken)} is taken", "--urls=");
    }

    [Theory]
    [InlineData("Correlation:SiloPort")]
    [InlineData("Correlation:GatewayPort")]
    public async Task A_port_of_the_cluster_that_is_taken_is_named_with_its_setting(string setting)
    {
        using var taken = Taken();

        var refused = await SiloProcess.RefusedAsync(_folder.Path, $"--{setting}={PortOf(taken)}");

        AssertRefused(refused, $"Port {PortOf(taken)} of this machine is taken", $"--{setting}=");
    }

    [Fact]
    public async Task All_that_is_taken_is_said_at_once()
    {
        using TcpListener first = Taken(), second = Taken(), third = Taken(), fourth = Taken();

        var (exitCode, output) = await SiloProcess.RefusedAsync(
            _folder.Path,
            $"--urls=http://127.0.0.1:{PortOf(first)};http://127.0.0.1:{PortOf(second)}",
            $"--Correlation:SiloPort={PortOf(third)}",
            $"--Correlation:GatewayPort={PortOf(fourth)}");

        Assert.Equal(1, exitCode);
        Assert.Collection(
            output.Split(Environment.NewLine),
            line => AssertRefused((1, line), $"http://127.0.0.1:{PortOf(first)} is taken", "--urls="),
            line => AssertRefused((1, line), $"http://127.0.0.1:{PortOf(second)} is taken", "--urls="),
            line => AssertRefused((1, line), $"Port {PortOf(third)} of this machine is taken", "--Correlation:SiloPort="),
            line => AssertRefused((1, line), $"Port {PortOf(fourth)} of this machine is taken", "--Correlation:GatewayPort="));
    }

    [Fact]
    public async Task An_endpoint_that_is_taken_is_named_with_its_own_setting()
    {
        using var taken = Taken();

        var refused = await SiloProcess.RefusedAsync(
            _folder.Path, $"--Kestrel:Endpoints:One:Url=http://127.0.0.1:{PortOf(taken)}");

        AssertRefused(refused, $"http://127.0.0.1:{PortOf(taken)} is taken", "--Kestrel:Endpoints:One:Url=");
    }

    [Fact]
    public async Task A_data_folder_belongs_to_one_process_until_that_one_is_gone_however_it_ends()
    {
        using (var first = await SiloProcess.StartAsync(_folder.Path))
        {
            AssertRefused(await SiloProcess.RefusedAsync(_folder.Path), $"{_folder.Path} is in use", "CORRELATION_DATA_DIR");
            await first.KillAsync();
        }

        using var second = await SiloProcess.StartAsync(_folder.Path);
        Assert.Equal(0, await second.StopAsync());
    }

    [Theory]
    [InlineData("--urls=nonsense", "'nonsense' is no address")]
    [InlineData("--urls=http://127.0.0.1:1;nonsense", "'nonsense' is no address")]
    [InlineData("--urls=http://0.0.0.0:8080", "no API key is configured")]
    [InlineData("--Correlation:SiloPort=many", "Correlation:SiloPort is 'many'")]
    [InlineData("--Correlation:Reader:BatchMessages=many", "'many' at 'Correlation:Reader:BatchMessages'")]
    [InlineData("--Storage:Provider=Redis", "Storage:Provider is 'Redis'")]
    [InlineData("--Correlation:Remediation:Rules:Path=no-such-file.yaml", "no-such-file.yaml")]
    [InlineData("--Streams:Kind=Kafka", "Streams:Kind is 'Kafka'")]
    [InlineData("--Correlation:Role=Both", "Correlation:Role is 'Both'")]
    [InlineData("--Correlation:Role=Gateway", "A gateway apart needs a cluster")]
    [InlineData("--Orleans:Clustering:ProviderType=Redis", "Correlation:Stream:Folder")]
    public async Task A_setting_that_cannot_be_understood_or_followed_is_named(string argument, string named) =>
        AssertRefused(await SiloProcess.RefusedAsync(_folder.Path, argument), named);

    [Theory]
    [InlineData("--Orleans:Clustering:ProviderType=Redis", "Storage:Provider=AzureStorage")]
    [InlineData("--Orleans:Clustering:ProviderType=Sqlite", "Orleans:Clustering:ProviderType", "--Storage:Provider=AzureStorage")]
    [InlineData("--Orleans:Clustering:ProviderType=Redis", "Orleans:Endpoints:AdvertisedIPAddress is 'here'",
        "--Storage:Provider=AzureStorage", "--Orleans:Endpoints:AdvertisedIPAddress=here")]
    [InlineData("--Orleans:Clustering:ProviderType=Redis", "--demo runs in a silo", "--Correlation:Role=Gateway", "--demo")]
    public async Task One_of_several_processes_that_would_not_share_what_they_must_is_refused(
        string provider, string named, params string[] further)
    {
        string[] arguments = [provider, $"--Correlation:Stream:Folder={_folder.Path}", .. further];

        AssertRefused(await SiloProcess.RefusedAsync(_folder.Path, arguments), named);
    }

    [Theory]
    [InlineData("ConnectionString=nonsense", "ConnectionString cannot be read")]
    [InlineData("ConnectionString=UseDevelopmentStorage=true", "Prefix", "--Storage:Azure:Prefix=Not-Good")]
    [InlineData(Nowhere, "The storage account cannot be used", "--Storage:Azure:Retries=0")]
    public async Task A_storage_account_that_cannot_be_used_is_refused_and_its_key_is_not_shown(
        string account, string named, string? further = null)
    {
        string?[] arguments = ["--Storage:Provider=AzureStorage", $"--Storage:Azure:{account}", further];

        var refused = await SiloProcess.RefusedAsync(_folder.Path, [.. arguments.OfType<string>()]);

        AssertRefused(refused, named);
        Assert.DoesNotContain(AccountKey, refused.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("customers.json", """{"version":1,"customers":[{"key":"Not A Key"}]}""", "Not A Key")]
    [InlineData("rules.yaml", "rules: [{name: nothing-to-do}]", "'action' is ")]
    public async Task A_file_with_mistakes_is_refused_with_its_mistakes(string name, string text, string mistake)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, name), text, TestContext.Current.CancellationToken);

        var refused = await SiloProcess.RefusedAsync(_folder.Path);

        Assert.Equal(1, refused.ExitCode);
        Assert.DoesNotContain("   at ", refused.Output, StringComparison.Ordinal);
        Assert.Contains(mistake, refused.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("state.db")]
    [InlineData("stream.db")]
    public async Task A_file_of_another_kind_in_the_data_folder_is_refused_and_left_as_it_is(string name)
    {
        var path = Path.Combine(_folder.Path, name);
        var foreign = new string('x', 5000);
        await File.WriteAllTextAsync(path, foreign, TestContext.Current.CancellationToken);

        AssertRefused(await SiloProcess.RefusedAsync(_folder.Path), "not a database");

        Assert.Equal(foreign, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    /// <summary>Asserts that a process refused to start, in one line that holds some words.</summary>
    internal static void AssertRefused((int ExitCode, string Output) refused, params string[] words)
    {
        Assert.Equal(1, refused.ExitCode);
        Assert.DoesNotContain(Environment.NewLine, refused.Output);
        Assert.All(words, word => Assert.Contains(word, refused.Output, StringComparison.Ordinal));
    }

    private static TcpListener Taken()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
