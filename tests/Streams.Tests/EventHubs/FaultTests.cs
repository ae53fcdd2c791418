using System.Text;
using Correlation.Tests.Shared.Kafka;
using Microsoft.Extensions.Logging;

namespace Correlation.Streams.Tests.EventHubs;

public sealed class FaultTests
{
    private const int UnknownTopic = 3;
    private const int NotLeader = 6;
    private const int NotEnoughReplicas = 19;
    private const int TopicForbidden = 29;
    private const int PolicyViolation = 44;
    private const int OutOfOrderSequence = 45;

    private static readonly int[] AllPartitions = [.. Enumerable.Range(0, Hubs.Partitions)];

    private static readonly Dictionary<string, Action<MockCluster>> Faults = new()
    {
        ["a broker goes and comes back"] = cluster =>
        {
            cluster.Down(2);
            cluster.Up(2);
        },
        ["a broker is gone, another leads"] = cluster =>
        {
            foreach (var partition in AllPartitions) cluster.MoveLeader(Hubs.Hub, partition, 1 + (partition % 2));
            cluster.Down(3);
        },
        ["leaders move"] = cluster =>
        {
            foreach (var partition in AllPartitions) cluster.MoveLeader(Hubs.Hub, partition, 3 - (partition % 3));
        },
        ["reads fail"] = cluster => cluster.FailRequests(MockCluster.Fetch, NotLeader, NotLeader, NotLeader, NotLeader),
        ["writes fail"] = cluster => cluster.FailRequests(MockCluster.Produce, NotLeader, NotEnoughReplicas, NotLeader),
        ["questions fail"] = cluster => cluster.FailRequests(MockCluster.ListOffsets, NotLeader, NotLeader),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. Faults.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task Nothing_is_lost_or_doubled_when(string fault)
    {
        using var hubs = new Hubs();
        var read = new List<string>();
        var next = new long[Hubs.Partitions];
        await hubs.AppendAsync([.. Enumerable.Range(0, 200).Select(number => $"{number}")]);
        await ReadAsync(hubs, next, read, 200);
        Faults[fault](hubs.Cluster);
        await hubs.AppendAsync([.. Enumerable.Range(200, 200).Select(number => $"{number}")]);
        await ReadAsync(hubs, next, read, 400);

        Assert.Equal(Enumerable.Range(0, 400), read.Select(int.Parse).Order());
    }

    [Fact]
    public async Task While_no_broker_answers_reads_return_none_and_time_stands_still()
    {
        using var hubs = new Hubs();
        await hubs.AppendAsync("one", "two", "three", "four", "five", "six", "seven", "eight");
        var live = await hubs.LiveAsync();
        var end = (await live.ReadAsync(0, 0, 100, int.MaxValue, Cancel)).End;
        hubs.Cluster.DownAll();
        await Hubs.UntilAsync(() => Task.FromResult(hubs.Health.Trouble is not null));
        var first = await live.ReadAsync(0, end, 100, int.MaxValue, Cancel);
        await live.WaitAsync(0, end, TimeSpan.FromMilliseconds(500), Cancel);
        var second = await live.ReadAsync(0, end, 100, int.MaxValue, Cancel);
        await Assert.ThrowsAsync<StreamUnavailableException>(() => live.PeekAsync(0, 0, Cancel));

        Assert.Equal((0, end, first.IdleLogTime), (second.Messages.Count, second.End, second.IdleLogTime));
        Assert.Contains("cannot be reached: check Streams:EventHubs:Bootstrap", hubs.Catalog.Trouble, StringComparison.Ordinal);
        hubs.Cluster.UpAll();
        await Hubs.UntilAsync(() => Task.FromResult(hubs.Catalog.Trouble is null));
        await Hubs.UntilAsync(async () => (await live.ReadAsync(0, end, 1, 1, Cancel)).IdleLogTime > second.IdleLogTime);
        var told = hubs.Logs.Of(LogLevel.Error).Count;
        Assert.InRange(told, 1, 3);
        Assert.Equal(told, hubs.Logs.Of(LogLevel.Information).Count);
    }

    [Fact]
    public async Task A_cluster_that_is_not_there_at_start_is_asked_until_it_is()
    {
        using var hubs = new Hubs(prepare: cluster =>
        {
            cluster.CreateTopic(Hubs.Hub, Hubs.Partitions);
            cluster.DownAll();
        });
        var live = await hubs.LiveAsync();
        await Assert.ThrowsAsync<StreamUnavailableException>(() => live.PartitionsAsync(Cancel));
        await hubs.Catalog.CheckAsync(TimeSpan.FromMilliseconds(100), Cancel);
        hubs.Cluster.UpAll();
        await Hubs.UntilAsync(async () => await KnownAsync(live) == Hubs.Partitions);
    }

    [Theory]
    [InlineData(UnknownTopic, "There is no event hub 'signals'", "Streams:EventHubs:Hubs:0:Name")]
    [InlineData(TopicForbidden, "may not read the event hub 'signals'", "Data Receiver")]
    public async Task A_hub_that_is_not_there_or_not_for_us_is_named_once_and_refuses_the_start(
        int error, string named, string setting)
    {
        using var hubs = new Hubs(prepare: cluster =>
        {
            cluster.CreateTopic(Hubs.Hub, Hubs.Partitions);
            cluster.FailTopic(Hubs.Hub, error);
        });
        var live = await hubs.LiveAsync();
        await Assert.ThrowsAsync<StreamUnavailableException>(() => live.PartitionsAsync(Cancel));
        await Hubs.UntilAsync(async () => await KnownAsync(live) == 0 && hubs.Health.Refusal is not null);
        var refused = await Assert.ThrowsAsync<IOException>(() => hubs.Catalog.CheckAsync(TimeSpan.FromMinutes(1), Cancel));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.Contains(setting, refused.Message, StringComparison.Ordinal);
        Assert.Single(hubs.Logs.Of(LogLevel.Error));
        hubs.Cluster.FailTopic(Hubs.Hub, 0);
        await Hubs.UntilAsync(async () => await KnownAsync(live) == Hubs.Partitions);
        Assert.Null(hubs.Catalog.Trouble);
    }

    [Fact]
    public async Task An_append_that_nobody_acknowledges_fails_and_does_not_count_as_durable()
    {
        using var hubs = new Hubs(options => options.DeliveryTimeout = TimeSpan.FromSeconds(1));
        hubs.Cluster.DownAll();
        await Assert.ThrowsAsync<StreamUnavailableException>(() => hubs.AppendAsync("one", "two"));
        Assert.Equal((0, 1), (hubs.Meters["correlation.eventhubs.messages"], hubs.Meters["correlation.eventhubs.failures"]));
        hubs.Cluster.UpAll();
        await Hubs.UntilAsync(() => AppendedAsync(hubs));
        Assert.Equal(1, hubs.Meters["correlation.eventhubs.messages"]);
    }

    [Fact]
    public async Task A_quota_that_is_used_up_makes_the_stream_busy()
    {
        using var hubs = new Hubs();
        hubs.Cluster.FailRequests(MockCluster.Produce, PolicyViolation);
        await Assert.ThrowsAsync<StreamBusyException>(() => hubs.AppendAsync("one"));
        await hubs.AppendAsync("two");
        Assert.Null(hubs.Catalog.Trouble);
    }

    [Fact]
    public async Task A_producer_that_can_write_no_more_is_replaced()
    {
        using var hubs = new Hubs();
        await hubs.AppendAsync("one");
        hubs.Cluster.FailRequests(MockCluster.Produce, OutOfOrderSequence, OutOfOrderSequence, OutOfOrderSequence);
        await Assert.ThrowsAsync<StreamUnavailableException>(() => hubs.AppendAsync("two"));
        hubs.Cluster.ClearErrors(MockCluster.Produce);
        await Hubs.UntilAsync(() => AppendedAsync(hubs));
    }

    [Fact]
    public async Task A_sender_that_gives_up_is_let_go()
    {
        using var hubs = new Hubs();
        hubs.Cluster.DownAll();
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var append = hubs.Intake.AppendAsync(["one"u8.ToArray()], source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append);
        hubs.Cluster.UpAll();
    }

    [Fact]
    public async Task A_message_over_the_limit_is_refused_before_anything_is_sent()
    {
        using var hubs = new Hubs(options => options.MessageBytes = 1_024);
        await Assert.ThrowsAsync<ArgumentException>(() => hubs.AppendAsync("fits", new string('x', 1_025)));
        Assert.Equal(1_024, hubs.Intake.MessageBytes);
        Assert.Equal(0, (await (await hubs.LiveAsync()).ReadAsync(0, 0, 1, 1, Cancel)).End);
    }

    private static async Task ReadAsync(Hubs hubs, long[] next, List<string> read, int until)
    {
        var live = await hubs.LiveAsync();
        for (var partition = 0; read.Count < until; partition = (partition + 1) % next.Length)
        {
            Cancel.ThrowIfCancellationRequested();
            var batch = await live.ReadAsync(partition, next[partition], 1_000, int.MaxValue, Cancel);
            var (first, count) = (next[partition], batch.Messages.Count);
            Assert.Equal(Enumerable.Range(0, count).Select(one => first + one), batch.Messages.Select(one => one.Offset));
            next[partition] += count;
            read.AddRange(batch.Messages.Select(one => Encoding.UTF8.GetString(one.Body.Span)));
            if (count == 0) await live.WaitAsync(partition, first, TimeSpan.FromMilliseconds(20), Cancel);
        }
    }

    private static async Task<int> KnownAsync(ISignalStream stream)
    {
        try
        {
            return (await stream.PartitionsAsync(Cancel)).Count;
        }
        catch (StreamUnavailableException)
        {
            return 0;
        }
    }

    private static async Task<bool> AppendedAsync(Hubs hubs)
    {
        try
        {
            await hubs.AppendAsync("three");
            return true;
        }
        catch (StreamUnavailableException)
        {
            return false;
        }
    }
}
