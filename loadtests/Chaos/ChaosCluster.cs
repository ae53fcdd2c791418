using System.Globalization;
using System.Net;
using System.Reflection;
using Correlation.Estate;

namespace Correlation.LoadTests.Chaos;

/// <summary>Redis, Azurite, silos and a gateway, each a process of its own on this machine, in one folder.</summary>
internal sealed class ChaosCluster : IAsyncDisposable
{
    private const string Account = "chaos";
    private static readonly TimeSpan StartMost = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private readonly string _folder;
    private readonly string _key = Convert.ToBase64String(Guid.NewGuid().ToByteArray());
    private readonly int _redisPort;
    private readonly int _blobPort;
    private readonly int _tablePort;
    private readonly HttpClient _http;

    private ChaosCluster(string folder, ChaosOptions options, Ports ports)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        _redisPort = ports.Next();
        (_blobPort, _tablePort) = (ports.Next(), ports.Next());
        Redis = RedisServer();
        Azurite = AzuriteServer(ports.Next());
        Silos = [.. Enumerable.Range(0, options.Silos).Select(number => Node(
            $"silo{number}", ports, number == 0 ? options.OtherBinaries : null))];
        (Gateway, var http, _) = Node("gateway", ports, null, "--Correlation:Role=Gateway");
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}"), Timeout = TimeSpan.FromSeconds(40) };
        Api = new ProductApi(_http);
    }

    /// <summary>The membership.</summary>
    public ManagedProcess Redis { get; }

    /// <summary>The storage.</summary>
    public ManagedProcess Azurite { get; }

    /// <summary>The silos with the port that other silos reach each at.</summary>
    public IReadOnlyList<(ManagedProcess Process, int HttpPort, int SiloPort)> Silos { get; }

    /// <summary>The gateway.</summary>
    public ManagedProcess Gateway { get; }

    /// <summary>Reads through the gateway.</summary>
    public ProductApi Api { get; }

    /// <summary>What the gateway is sent.</summary>
    public HttpClient Http => _http;

    /// <summary>How a client of the cluster finds Redis.</summary>
    public string RedisAddress => $"127.0.0.1:{_redisPort},abortConnect=false";

    /// <summary>How the storage is reached.</summary>
    public string StorageAddress => $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={_key};" +
        $"BlobEndpoint=http://127.0.0.1:{_blobPort}/{Account};TableEndpoint=http://127.0.0.1:{_tablePort}/{Account};";

    /// <summary>Starts all of it; ends when the gateway answers for the cluster and every silo is up.</summary>
    public static async Task<ChaosCluster> StartAsync(
        string folder, ChaosOptions options, Ports ports, ChaosEstate estate, int receiver)
    {
        var cluster = new ChaosCluster(folder, options, ports);
        await File.WriteAllTextAsync(Path.Combine(folder, "customers.json"), estate.Customers);
        await File.WriteAllTextAsync(Path.Combine(folder, "rules.yaml"), ChaosEstate.Rules(receiver));
        cluster.Redis.Start();
        cluster.Azurite.Start();
        await ListensAsync(cluster._redisPort);
        await ListensAsync(cluster._tablePort);
        foreach (var (process, _, _) in cluster.Silos) process.Start();
        cluster.Gateway.Start();
        foreach (var (_, http, _) in cluster.Silos) await cluster.ReadyAsync($"http://127.0.0.1:{http}/readyz");
        await cluster.ReadyAsync("readyz");
        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Gateway.DisposeAsync();
        foreach (var (process, _, _) in Silos) await process.DisposeAsync();
        await Redis.DisposeAsync();
        await Azurite.DisposeAsync();
    }

    private static async Task ListensAsync(int port)
    {
        var until = TimeProvider.System.GetUtcNow() + StartMost;
        while (TimeProvider.System.GetUtcNow() < until)
        {
            using var socket = new System.Net.Sockets.TcpClient();
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (System.Net.Sockets.SocketException)
            {
                await Task.Delay(Poll);
            }
        }

        throw new InvalidOperationException($"Nothing listens at port {port}; see the logs of the run.");
    }

    private async Task ReadyAsync(string address)
    {
        var until = TimeProvider.System.GetUtcNow() + StartMost;
        while (TimeProvider.System.GetUtcNow() < until)
        {
            try
            {
                if ((await _http.GetAsync(address)).StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(Poll);
        }

        throw new InvalidOperationException($"{address} does not answer; see the logs in {_folder}.");
    }

    /// <summary>Every change is on the disk when it is acknowledged.</summary>
    private ManagedProcess RedisServer() => new("redis", "redis-server",
        ["--port", Text(_redisPort), "--bind", "127.0.0.1", "--save", "", "--appendonly", "yes", "--appendfsync", "always",
            "--dir", _folder], _folder);

    private ManagedProcess AzuriteServer(int queuePort)
    {
        var program = typeof(ChaosCluster).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "AzuriteFolder").Value!;
        var data = Directory.CreateDirectory(Path.Combine(_folder, "azurite")).FullName;
        return new ManagedProcess("azurite", "node",
            [Path.Combine(program, "node_modules/azurite/dist/src/azurite.js"), "--location", data, "--silent",
                "--skipApiVersionCheck", "--disableTelemetry", "--blobPort", Text(_blobPort), "--tablePort", Text(_tablePort),
                "--queuePort", Text(queuePort)], _folder)
        {
            Environment = { ["AZURITE_ACCOUNTS"] = $"{Account}:{_key}" },
        };
    }

    private (ManagedProcess Process, int HttpPort, int SiloPort) Node(
        string name, Ports ports, string? binaries, params string[] more)
    {
        var (http, silo, gateway) = (ports.Next(), ports.Next(), ports.Next());
        var program = Path.Combine(binaries ?? AppContext.BaseDirectory, "Correlation.Silo.dll");
        var process = new ManagedProcess(name, "dotnet",
            [program, $"--urls=http://127.0.0.1:{http}", $"--Correlation:SiloPort={silo}",
                $"--Correlation:GatewayPort={gateway}", $"--contentRoot={binaries ?? AppContext.BaseDirectory}", .. more],
            _folder)
        {
            Environment =
            {
                ["CORRELATION_DATA_DIR"] = Path.Combine(_folder, name),
                ["Correlation__Stream__Folder"] = Path.Combine(_folder, "log"),
                ["Correlation__Customers__Path"] = Path.Combine(_folder, "customers.json"),
                ["Correlation__Remediation__Rules__Path"] = Path.Combine(_folder, "rules.yaml"),
                ["Orleans__Clustering__ProviderType"] = "Redis",
                ["Orleans__Clustering__ConnectionString"] = RedisAddress,
                ["Storage__Provider"] = "AzureStorage",
                ["Storage__Azure__ConnectionString"] = StorageAddress,
                ["DOTNET_gcServer"] = "0",
            },
        };
        foreach (var (key, value) in ChaosEstate.Settings) process.Environment[key] = value;
        return (process, http, silo);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
