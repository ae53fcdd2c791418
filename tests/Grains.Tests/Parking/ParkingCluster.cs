using System.Diagnostics.Metrics;
using System.Text;
using Correlation.Contracts;
using Correlation.Delivery;
using Correlation.Grains.Readers;
using Correlation.Storage;
using Correlation.Streams;
using Correlation.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Correlation.Grains.Tests.Parking;

/// <summary>A silo with every grain of the product over a local log and storage of its own, which outlive the silo.</summary>
internal sealed class ParkingCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("parking-");
    private readonly ServiceProvider _stored;
    private readonly Action<ParkingOptions> _configure;
    private InProcessTestCluster _cluster = null!;
    private long _sent;

    private ParkingCluster(Action<ParkingOptions> configure)
    {
        _configure = configure;
        _stored = new ServiceCollection().AddLogging().AddMetrics()
            .AddLocalStream(options => (options.Folder, options.Partitions) = (_folder.FullName, 2))
            .AddSqliteStorage(options => options.Folder = _folder.FullName)
            .AddFolderArchive(options => options.Folder = Path.Combine(_folder.FullName, "archive"))
            .BuildServiceProvider();
        Store = new PoisonStore(_stored.GetRequiredService<IStateStore>());
        Lanes = new InterruptedLane(_stored.GetRequiredService<IParkingLane>());
    }

    public PoisonStore Store { get; }

    public InterruptedLane Lanes { get; }

    /// <summary>What its silos count.</summary>
    public Meters Counted { get; } = new();

    /// <summary>What the next silo is told beyond the usual.</summary>
    public Action<IServiceCollection> Services { get; set; } = _ => { };

    public IGrainFactory Grains => _cluster.Client;

    public IParkingGrain Parking => Grains.GetGrain<IParkingGrain>(0);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ParkingCluster> StartAsync(Action<ParkingOptions>? configure = null)
    {
        var cluster = new ParkingCluster(configure ?? (_ => { }));
        await cluster.DeployAsync();
        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _stored.DisposeAsync();
        Counted.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Stops the silo and starts another over what is stored, and over what came meanwhile.</summary>
    public async Task RestartAsync(params string[] meanwhile)
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
        await AppendAsync(meanwhile);
        await DeployAsync();
    }

    /// <summary>Appends payloads and waits until every partition's checkpoint has passed them.</summary>
    public async Task SendAsync(params string[] bodies)
    {
        await AppendAsync(bodies);
        await PassedAsync();
    }

    /// <summary>Waits until every partition's checkpoint has passed all that was sent.</summary>
    public Task PassedAsync() =>
        UntilAsync(async () => (await LedgersAsync()).Sum(ledger => ledger.Checkpoint) == _sent);

    /// <summary>The sum of the partitions' ledgers.</summary>
    public async Task<SignalLedger> SignalsAsync() =>
        (await LedgersAsync()).Aggregate(SignalLedger.Empty, (sum, ledger) => sum + ledger.Counts);

    /// <summary>The sum of all books of parking.</summary>
    public async Task<ParkingLedger> BooksAsync() =>
        (await Parking.Ledger()).Aggregate(ParkingLedger.Empty, (sum, book) => sum + book.Counts);

    /// <summary>Waits until something is so.</summary>
    public async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var deadline = DateTimeOffset.UtcNow + Patience;
        while (!await isSo())
        {
            Assert.True(
                DateTimeOffset.UtcNow < deadline, $"Not so after {Patience}: {await BooksAsync()} {await SignalsAsync()}");
            await Task.Delay(20, Cancel);
        }
    }

    private async Task AppendAsync(string[] bodies)
    {
        await _stored.GetRequiredService<ISignalIntake>().AppendAsync(
            [.. bodies.Select(body => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(body))], Cancel);
        _sent += bodies.Length;
    }

    private Task<PartitionLedger[]> LedgersAsync() => Task.WhenAll(
        Enumerable.Range(0, 2).Select(partition => Grains.GetGrain<IReaderGrain>($"live/{partition}").Ledger()));

    private async Task DeployAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddCorrelationGrains();
            silo.Services.AddSingleton<IMeterFactory>(Counted);
            silo.Services.AddSingleton<IStateStore>(Store);
            silo.Services.AddSingleton<IParkingLane>(Lanes);
            silo.Services.AddSingleton(_stored.GetRequiredService<IJournalStore>());
            silo.Services.AddSingleton(_stored.GetRequiredService<ICheckpointStore>());
            silo.Services.AddSingleton(_stored.GetRequiredService<IStreamCatalog>());
            silo.Services.AddSingleton(_stored.GetRequiredService<IArchive>());
            silo.Services.Configure<ReaderOptions>(options => options.RetryDelay = TimeSpan.FromMilliseconds(1));
            silo.Services.Configure<ParkingOptions>(options =>
            {
                (options.Beat, options.RetryDelay) = (TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(1));
                (options.FirstRest, options.LongestRest) = (TimeSpan.FromHours(1), TimeSpan.FromHours(1));
                _configure(options);
            });
            Services(silo.Services);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }
}
