using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Correlation.Contracts;
using Correlation.Delivery;
using Correlation.Grains;
using Correlation.LoadTests.Shared;
using Correlation.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using StackExchange.Redis;

namespace Correlation.LoadTests.Chaos;

/// <summary>Watches a cluster without making it do anything: who reads which partition, whom the membership thinks dead, how
/// far the stored checkpoints are.</summary>
internal sealed class ClusterWatch : IAsyncDisposable
{
    /// <summary>How many partitions a stream has where nothing else is configured.</summary>
    private const int Partitions = 8;

    private const string Members = "correlation/members/correlation";
    private const int Dead = (int)SiloStatus.Dead;
    private const int Active = (int)SiloStatus.Active;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly IHost _host;
    private readonly ConnectionMultiplexer _redis;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, long> _deadSince = [];
    private readonly ConcurrentDictionary<string, long> _gone = [];
    private readonly ConcurrentQueue<long> _back = [];
    private readonly ConcurrentDictionary<int, string> _owners = [];
    private readonly ConcurrentDictionary<int, long> _offsets = [];
    private readonly ConcurrentDictionary<int, string> _addresses = [];
    private Task _loops = Task.CompletedTask;
    private bool _isAnyLeft = true;

    private ClusterWatch(IHost host, ConnectionMultiplexer redis) => (_host, _redis) = (host, redis);

    /// <summary>Begins to watch.</summary>
    public static async Task<ClusterWatch> StartAsync(Cluster cluster)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client =>
        {
            client.UseRedisClustering(options => options.ConfigurationOptions = ConfigurationOptions.Parse(cluster.RedisAddress));
            client.Services.Configure<ClusterOptions>(options => options.ServiceId = options.ClusterId = "correlation");
        });
        builder.Services.AddAzureStorage(options => options.ConnectionString = cluster.StorageAddress);
        builder.Services.AddSingleton<StoredForm>();
        var host = builder.Build();
        await host.StartAsync();
        var watch = new ClusterWatch(host, await ConnectionMultiplexer.ConnectAsync(cluster.RedisAddress));
        watch._loops = Task.WhenAll(
            watch.RepeatAsync(watch.ReadMembersAsync), watch.RepeatAsync(watch.ReadOwnersAsync),
            watch.RepeatAsync(watch.ReadCheckpointsAsync));
        return watch;
    }

    /// <summary>The address of the silo that now runs at a port; null where none is known to.</summary>
    public string? AddressAt(int siloPort) =>
        _addresses.GetValueOrDefault(siloPort) is { } address && DeadSince(address) is null ? address : null;

    /// <summary>The partitions of the recording that the silo at a port reads, as last seen.</summary>
    public List<int> PartitionsOf(string? address) =>
        [.. _owners.Where(owner => owner.Value == address).Select(owner => owner.Key)];

    /// <summary>A partition's stored checkpoint; 0 where there is none.</summary>
    public long OffsetOf(int partition) => _offsets.GetValueOrDefault(partition);

    /// <summary>When the membership first said that a silo is dead, as a monotonic timestamp; null where it does not.</summary>
    public long? DeadSince(string address) => _deadSince.TryGetValue(address, out var since) ? since : null;

    /// <summary>When a silo was a member again after none was left that ran, as monotonic timestamps.</summary>
    public IReadOnlyCollection<long> BackSince => _back;

    /// <summary>A silo does not run any more, whatever the membership says.</summary>
    public void Gone(string address) => _gone.TryAdd(address, Stopwatch.GetTimestamp());

    /// <summary>When it first said so of every silo but one.</summary>
    public List<long> OthersDeadSince(string address) =>
        [.. _deadSince.Where(dead => dead.Key != address).Select(dead => dead.Value)];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loops;
        await _redis.DisposeAsync();
        await _host.StopAsync();
        _host.Dispose();
    }

    private async Task RepeatAsync(Func<Task> read)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await read().WaitAsync(Patience);
            }
            catch (Exception)
            {
                // What is watched is being broken on purpose; the next look will tell.
            }

            await Task.Delay(Beat, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadMembersAsync()
    {
        var isAnyLeft = false;
        foreach (var entry in await _redis.GetDatabase().HashGetAllAsync(Members))
        {
            var name = entry.Name.ToString();
            if (name[0] != 'S') continue;
            using var row = JsonDocument.Parse(entry.Value.ToString());
            var status = row.RootElement.GetProperty("Status").GetInt32();
            if (status == Dead) _deadSince.TryAdd(name, Stopwatch.GetTimestamp());
            if (status != Active) continue;
            _addresses[PortOf(name)] = name;
            isAnyLeft |= !_gone.ContainsKey(name);
        }

        if (isAnyLeft && !_isAnyLeft) _back.Enqueue(Stopwatch.GetTimestamp());
        _isAnyLeft = isAnyLeft;
    }

    private async Task ReadOwnersAsync()
    {
        var grains = _host.Services.GetRequiredService<IGrainFactory>();
        var management = grains.GetGrain<IManagementGrain>(0);
        for (var partition = 0; partition < Partitions; partition++)
        {
            var reader = grains.GetGrain<IReaderGrain>($"{ChaosEstate.Stream}/{partition}");
            if (await management.GetActivationAddress(reader) is { } silo) _owners[partition] = silo.ToString();
        }
    }

    private async Task ReadCheckpointsAsync()
    {
        var checkpoints = _host.Services.GetRequiredService<ICheckpointStore>();
        var form = _host.Services.GetRequiredService<StoredForm>();
        for (var partition = 0; partition < Partitions; partition++)
        {
            if (await checkpoints.ReadAsync($"{ChaosEstate.Stream}/{partition}", _stop.Token) is not { } row) continue;
            _offsets[partition] = form.Read<Checkpoint>(row.Data).Offset;
        }
    }

    /// <summary>The port in <c>S127.0.0.1:11111:generation</c>.</summary>
    private static int PortOf(string address) =>
        int.Parse(address.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
}
