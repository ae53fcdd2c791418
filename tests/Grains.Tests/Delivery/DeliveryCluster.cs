using System.Diagnostics.Metrics;
using Correlation.Contracts;
using Correlation.Delivery;
using Correlation.Grains.Readers;
using Correlation.Grains.Tests.Parking;
using Correlation.Storage;
using Correlation.Streams;
using Correlation.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace Correlation.Grains.Tests.Delivery;

/// <summary>Silos with every grain of the product over one stream and one storage, which outlive them.</summary>
internal sealed class DeliveryCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Storage _storage;
    private readonly int _silos;
    private readonly Action<ReaderOptions> _configure;
    private readonly Action<IServiceCollection> _services;
    private readonly List<Faults> _faults = [];
    private InProcessTestCluster _cluster = null!;

    private DeliveryCluster(Storage storage, int silos, Action<ReaderOptions> configure, Action<IServiceCollection> services)
    {
        _storage = storage;
        _silos = silos;
        _configure = configure;
        _services = services;
    }

    /// <summary>What all silos read.</summary>
    public TestStream Stream => _storage.Stream;

    /// <summary>The states as they are stored.</summary>
    public IStateStore States => _storage.Services.GetRequiredService<IStateStore>();

    /// <summary>The archive.</summary>
    public IArchive Archive => _storage.Services.GetRequiredService<IArchive>();

    /// <summary>The checkpoints as they are stored.</summary>
    public ICheckpointStore Checkpoints => _storage.Services.GetRequiredService<ICheckpointStore>();

    public IGrainFactory Grains => _cluster.Client;

    public InProcessTestCluster Silos => _cluster;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<DeliveryCluster> StartAsync(
        int silos = 1, int partitions = 2, Action<ReaderOptions>? configure = null, Action<TestStream>? before = null,
        Action<IServiceCollection>? services = null)
    {
        var cluster = new DeliveryCluster(new Storage(partitions), silos, configure ?? (_ => { }), services ?? (_ => { }));
        before?.Invoke(cluster.Stream);
        await cluster.DeployAsync();
        return cluster;
    }

    /// <summary>Starts another cluster over the same stream and storage, which knows nothing of this one.</summary>
    public async Task<DeliveryCluster> BesideAsync()
    {
        var cluster = new DeliveryCluster(_storage, _silos, _configure, _services);
        _storage.Users++;
        await cluster.DeployAsync();
        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var faults in _faults) faults.Calls = null;
        await _cluster.DisposeAsync();
        await _storage.DisposeAsync();
    }

    /// <summary>A service of one silo.</summary>
    public T Service<T>(int silo = 0)
        where T : notnull => _cluster.Silos[silo].ServiceProvider.GetRequiredService<T>();

    /// <summary>What goes wrong on one silo.</summary>
    public Faults FaultsOf(int silo) => Service<Faults>(silo);

    /// <summary>Sets what goes wrong on every silo.</summary>
    public void OnAll(Action<Faults> set)
    {
        foreach (var faults in _faults) set(faults);
    }

    /// <summary>Counts what this cluster's silos count.</summary>
    public Counted Count(string meter)
    {
        var factories = _cluster.Silos.Select(silo => silo.ServiceProvider.GetRequiredService<IMeterFactory>()).ToList();
        return new Counted(instrument => instrument.Meter.Name == meter && factories.Contains(instrument.Meter.Scope));
    }

    /// <summary>Appends alerts of some rules about some machines, in turn to each partition.</summary>
    public void Send(IReadOnlyCollection<int> machines, IEnumerable<int> rules)
    {
        foreach (var rule in rules) Stream.Append(rule % Stream.Ends().Count, Alerts.On(machines, rule));
    }

    /// <summary>Every partition's ledger.</summary>
    public Task<PartitionLedger[]> LedgersAsync() => Task.WhenAll(
        Enumerable.Range(0, Stream.Ends().Count).Select(LedgerAsync));

    public Task<PartitionLedger> LedgerAsync(int partition) => Grains.GetGrain<IReaderGrain>($"live/{partition}").Ledger();

    /// <summary>Waits until every partition's checkpoint is at its end.</summary>
    public Task UntilCheckpointedAsync() => UntilAsync(async () =>
        (await LedgersAsync()).Zip(Stream.Ends()).All(pair => pair.First.Checkpoint == pair.Second));

    /// <summary>Waits until every partition is read to its end.</summary>
    public Task UntilReadAsync() => UntilAsync(async () =>
        (await LedgersAsync()).Zip(Stream.Ends()).All(pair => pair.First.Read == pair.Second));

    /// <summary>Waits until something is so.</summary>
    public async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var deadline = DateTimeOffset.UtcNow + Patience;
        while (!await OrFalseAsync(isSo))
        {
            Assert.True(DateTimeOffset.UtcNow < deadline, $"Not so after {Patience}.");
            await Task.Delay(20, Cancel);
        }
    }

    public async Task<ResourceView> ViewAsync(int machine) => (await ViewOrNullAsync(machine))!;

    public Task<ResourceView?> ViewOrNullAsync(int machine) =>
        Grains.GetGrain<IResourceGrain>(Alerts.Machine(machine)).Inspect();

    /// <summary>The customer of all machines.</summary>
    public async Task<ICustomerGrain> CustomerAsync(int machine = 1) =>
        Grains.GetGrain<ICustomerGrain>((await ViewAsync(machine)).Customer);

    /// <summary>Every alert is counted once in the books, at its machine and at the customer.</summary>
    public async Task AssertWholeAsync(IReadOnlyCollection<int> machines, int rules)
    {
        await UntilCheckpointedAsync();
        var books = (await LedgersAsync()).Aggregate(SignalLedger.Empty, (sum, ledger) => sum + ledger.Counts);
        Assert.Equal((rules, machines.Count * rules, 0, true), (books.Messages, books.Signals, books.Parked, books.Balances));
        Assert.Equal(books.Signals, books.Transition);
        foreach (var machine in machines) Assert.Equal(rules, (await ViewAsync(machine)).SignalCount);
        Assert.Equal(books.Signals, (await (await CustomerAsync(machines.First())).Ledger()).Counts.Symptoms);
    }

    private static async Task<bool> OrFalseAsync(Func<Task<bool>> isSo)
    {
        try
        {
            return await isSo();
        }
        catch (Exception error) when (error is OrleansException or TimeoutException)
        {
            return false;
        }
    }

    private async Task DeployAsync()
    {
        var builder = new InProcessTestClusterBuilder((short)_silos);
        builder.ConfigureSilo((_, silo) =>
        {
            var faults = new Faults();
            _faults.Add(faults);
            silo.AddCorrelationGrains();
            silo.Services.AddSingleton<PlacementStrategy, RandomPlacement>();
            silo.AddIncomingGrainCallFilter(faults).AddOutgoingGrainCallFilter(faults);
            silo.Services.AddSingleton(faults);
            silo.Services.AddSingleton<IStateStore>(new FaultyStates(States, faults));
            silo.Services.AddSingleton<IJournalStore>(new FaultyJournals(_storage.Journals, faults));
            silo.Services.AddSingleton<ICheckpointStore>(
                new FaultyCheckpoints(_storage.Services.GetRequiredService<ICheckpointStore>(), faults));
            silo.Services.AddSingleton(_storage.Services.GetRequiredService<IParkingLane>());
            silo.Services.AddSingleton(Archive);
            silo.Services.AddSingleton<IStreamCatalog>(Stream);
            silo.Services.Configure<ReaderOptions>(options =>
            {
                (options.RetryDelay, options.IdleWait) = (TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20));
                _configure(options);
            });
            _services(silo.Services);
            silo.Configure<ClusterMembershipOptions>(options =>
            {
                options.ProbeTimeout = TimeSpan.FromMilliseconds(500);
                options.TableRefreshTimeout = TimeSpan.FromSeconds(1);
                (options.NumMissedProbesLimit, options.NumVotesForDeathDeclaration) = (2, 1);
            });
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    /// <summary>What outlives silos and clusters.</summary>
    private sealed class Storage : IAsyncDisposable
    {
        private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("delivery-");

        public Storage(int partitions)
        {
            Stream = new TestStream(partitions);
            Services = new ServiceCollection().AddLogging().AddMetrics()
                .AddSqliteStorage(options => options.Folder = _folder.FullName)
                .AddFolderArchive(options => options.Folder = Path.Combine(_folder.FullName, "archive"))
                .BuildServiceProvider();
        }

        public TestStream Stream { get; }

        public ServiceProvider Services { get; }

        public MemoryJournals Journals { get; } = new();

        public int Users { get; set; } = 1;

        public async ValueTask DisposeAsync()
        {
            if (--Users > 0) return;
            await Services.DisposeAsync();
            _folder.Delete(recursive: true);
        }
    }
}
