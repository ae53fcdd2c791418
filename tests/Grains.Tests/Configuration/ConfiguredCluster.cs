using System.Collections.Concurrent;
using Correlation.Contracts;
using Correlation.Grains.Configuration;
using Correlation.Grains.Customers;
using Correlation.Grains.Dependencies;
using Correlation.Grains.Journals;
using Correlation.Grains.Problems;
using Correlation.Grains.Remediation;
using Correlation.Storage;
using Correlation.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;

namespace Correlation.Grains.Tests.Configuration;

/// <summary>Silos that each follow a customers.json and a rules.yaml in a folder of their own, with journals in memory and a
/// stream whose time the test tells.</summary>
internal sealed class ConfiguredCluster : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("correlation").FullName;
    private readonly MemoryJournals _journals = new();
    private InProcessTestCluster _cluster = null!;
    private int _silos;

    /// <summary>What the silos' follower logged, warnings and worse.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    public IGrainFactory Grains => _cluster.Client;

    public IConfigurationGrain Authority => Grains.GetGrain<IConfigurationGrain>(0);

    public T Service<T>(int silo = 0)
        where T : notnull => _cluster.Silos[silo].ServiceProvider.GetRequiredService<T>();

    public static async Task<ConfiguredCluster> StartAsync(string? customers = null, string? rules = null)
    {
        var cluster = new ConfiguredCluster();
        if (customers is not null) cluster.Write("customers.json", customers);
        if (rules is not null) cluster.Write("rules.yaml", rules);
        await cluster.DeployAsync();
        await UntilAsync(() => cluster.Service<Owners>().Ready.IsCompleted && cluster.Service<IRuleSource>().Ready.IsCompleted);
        return cluster;
    }

    /// <summary>Writes a file of a silo as an editor would.</summary>
    public void Write(string file, string text, int silo = 0)
    {
        var path = PathOf(file, silo);
        var before = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : DateTime.MinValue;
        File.WriteAllText(path, text);
        if (File.GetLastWriteTimeUtc(path) == before) File.SetLastWriteTimeUtc(path, before.AddMilliseconds(1));
    }

    /// <summary>The path of a file of a silo.</summary>
    public string PathOf(string file, int silo = 0) =>
        Path.Combine(System.IO.Directory.CreateDirectory(Path.Combine(_folder, $"{silo}")).FullName, file);

    /// <summary>Starts another silo.</summary>
    public Task AddSiloAsync() => _cluster.StartAdditionalSiloAsync();

    /// <summary>Everything that is stored of the versions, as text.</summary>
    public string Stored() => string.Concat(
        _journals.Of("~configuration/versions").Events.Select(stored => System.Text.Encoding.UTF8.GetString(stored.Data)));

    /// <summary>Stops all silos and starts others over the same journals and files.</summary>
    public async Task RestartAsync()
    {
        await _cluster.DisposeAsync();
        _silos = 0;
        await DeployAsync();
    }

    /// <summary>A reader tells how far the only partition is; ends when time has come there.</summary>
    public async Task ReachAsync(DateTimeOffset logTime)
    {
        var directory = Grains.GetGrain<IDirectoryGrain>(0);
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while ((await directory.Progress(new PartitionProgress("live/0", logTime, logTime, logTime))).Now != logTime)
        {
            await beat.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until a silo goes by a version of customers.json.</summary>
    public Task LearntAsync(int version, int silo = 0) =>
        UntilAsync(() => Service<Owners>(silo).Ready.IsCompleted && Service<Owners>(silo).Maps.Newest.Version == version);

    /// <summary>Waits for a condition that the silos bring about.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!condition()) await beat.WaitForNextTickAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private async Task DeployAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            var number = _silos++;
            silo.AddJournaledGrains().AddCustomerStage().AddProblems().AddRemediation().AddConfiguration();
            silo.Services.AddSingleton<IJournalStore>(_journals);
            silo.Services.AddSingleton<IStreamCatalog>(new OnePartition());
            silo.Services.Configure<ConfigurationOptions>(options =>
            {
                options.Interval = TimeSpan.FromMilliseconds(100);
                options.Machine = $"machine-{number}";
            });
            silo.Services.Configure<CustomersFileOptions>(options => options.Path = PathOf("customers.json", number));
            silo.Services.Configure<ResourceGraphFileOptions>(options => options.Path = PathOf("resource-graph.json", number));
            silo.Services.Configure<RuleFileOptions>(options => options.Path = PathOf("rules.yaml", number));
            silo.Services.AddSingleton<ILoggerProvider>(new Listener(Complaints));
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    private sealed class OnePartition : IStreamCatalog, ISignalStream
    {
        public string Name => "live";

        public Task<IReadOnlyList<ISignalStream>> StreamsAsync(CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<ISignalStream>>([this]);

        public Task<ISignalStream?> FindAsync(string name, CancellationToken cancel) => Task.FromResult<ISignalStream?>(this);

        public Task<IReadOnlyList<int>> PartitionsAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<int>>([0]);

        public Task<StreamBatch> ReadAsync(int partition, long offset, int messages, int bytes, CancellationToken cancel) =>
            Task.FromResult(new StreamBatch([], 0, 0, Noon));

        public Task WaitAsync(int partition, long offset, TimeSpan atMost, CancellationToken cancel) => Task.CompletedTask;
    }

    private sealed class Listener(ConcurrentQueue<string> complaints) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) =>
            categoryName.StartsWith("Correlation.Grains.Configuration", StringComparison.Ordinal)
                ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel level) => level >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel level, EventId id, TState state, Exception? error, Func<TState, Exception?, string> format)
        {
            if (IsEnabled(level)) complaints.Enqueue(format(state, error));
        }

        public void Dispose()
        {
        }
    }
}
