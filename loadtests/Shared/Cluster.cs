using System.Globalization;
using System.Net;
using System.Reflection;
using Correlation.Estate;

namespace Correlation.LoadTests.Shared;

/// <summary>Redis, Azurite, silos and a gateway, each a process of its own on this machine, in one folder.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private const string Account = "loadtests";
    private static readonly TimeSpan StartMost = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private readonly string _folder;
    private readonly ClusterSetup _setup;
    private readonly string _key = Convert.ToBase64String(Guid.NewGuid().ToByteArray());
    private readonly int _redisPort;
    private readonly int _blobPort;
    private readonly int _tablePort;
    private readonly HttpClient _http;

    private Cluster(string folder, ClusterSetup setup, Ports ports)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        _setup = setup;
        _redisPort = ports.Next();
        (_blobPort, _tablePort) = (ports.Next(), ports.Next());
        Redis = RedisServer();
        Azurite = AzuriteServer(ports.Next());
        Silos = [.. Enumerable.Range(0, setup.Silos).Select(number => Node(
            $"silo{number}", ports, number == 0 ? setup.OtherBinaries : null))];
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
    /// <exception cref="InvalidOperationException">Something does not start; nothing of it is left running.</exception>
    public static async Task<Cluster> StartAsync(string folder, ClusterSetup setup, Ports ports)
    {
        var cluster = new Cluster(folder, setup, ports);
        try
        {
            if (setup.Customers is not null) await File.WriteAllTextAsync(cluster.CustomersFile, setup.Customers);
            if (setup.Rules is not null) await File.WriteAllTextAsync(cluster.RulesFile, setup.Rules);
            await cluster.StartAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where, in a cluster's folder, the log of the stream lies, which all processes share.</summary>
    public static string LogOf(string folder) => Path.Combine(folder, "log");

    private string CustomersFile => Path.Combine(_folder, "customers.json");

    private string RulesFile => Path.Combine(_folder, "rules.yaml");

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Gateway.DisposeAsync();
        foreach (var (process, _, _) in Silos) await process.DisposeAsync();
        await Redis.DisposeAsync();
        await Azurite.DisposeAsync();
    }

    private async Task StartAsync()
    {
        Redis.Start();
        Azurite.Start();
        await ListensAsync(_redisPort);
        await ListensAsync(_tablePort);
        foreach (var (process, _, _) in Silos) process.Start();
        Gateway.Start();
        foreach (var (_, http, _) in Silos) await ReadyAsync($"http://127.0.0.1:{http}/readyz");
        await ReadyAsync("readyz");
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
        var program = typeof(Cluster).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
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
                ["Correlation__Stream__Folder"] = LogOf(_folder),
                ["Orleans__Clustering__ProviderType"] = "Redis",
                ["Orleans__Clustering__ConnectionString"] = RedisAddress,
                ["Storage__Provider"] = "AzureStorage",
                ["Storage__Azure__ConnectionString"] = StorageAddress,
                ["DOTNET_gcServer"] = "0",
            },
        };
        if (_setup.Customers is not null) process.Environment["Correlation__Customers__Path"] = CustomersFile;
        if (_setup.Rules is not null) process.Environment["Correlation__Remediation__Rules__Path"] = RulesFile;
        foreach (var (key, value) in _setup.Settings) process.Environment[key] = value;
        return (process, http, silo);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a cluster is started with.</summary>
/// <param name="Silos">How many silo processes.</param>
internal sealed record ClusterSetup(int Silos)
{
    /// <summary>The customers file; null for none: then every subscription is a provisional customer.</summary>
    public string? Customers { get; init; }

    /// <summary>The remediation rules; null for none.</summary>
    public string? Rules { get; init; }

    /// <summary>Further settings of silos and gateway, as variables of their environment.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Another build of the product for the first silo; null for this one.</summary>
    public string? OtherBinaries { get; init; }
}
