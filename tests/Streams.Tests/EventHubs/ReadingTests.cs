using System.Diagnostics.Metrics;
using System.Text;
using Confluent.Kafka;
using Correlation.Streams.EventHubs;

namespace Correlation.Streams.Tests.EventHubs;

public sealed class ReadingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Several_hubs_are_one_stream_whose_numbers_do_not_depend_on_each_other()
    {
        using var hubs = new Hubs(
            options => options.Hubs.Add(new EventHubOptions { Name = "metrics", Number = 7 }),
            cluster =>
            {
                cluster.CreateTopic(Hubs.Hub, 2);
                cluster.CreateTopic("metrics", 3);
            });
        await hubs.AppendToAsync("metrics", 2, Hubs.Message("a"));
        await hubs.AppendToAsync(Hubs.Hub, 1, Hubs.Message("b"));
        var live = await hubs.LiveAsync();
        await Hubs.UntilAsync(async () => (await TryPartitionsAsync(live)).Count > 0);

        Assert.Equal([0, 1, 7168, 7169, 7170], await live.PartitionsAsync(Cancel));
        Assert.Equal("a", await FirstAsync(live, 7170));
        Assert.Equal("b", await FirstAsync(live, 1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => live.ReadAsync(2048, 0, 1, 1, Cancel));
    }

    [Fact]
    public async Task A_reader_that_went_on_may_go_back_and_reads_the_same_again()
    {
        using var hubs = new Hubs();
        await hubs.AppendToAsync(Hubs.Hub, 0, [.. Enumerable.Range(0, 400).Select(number => Hubs.Message($"{number}"))]);
        var live = await hubs.LiveAsync();
        var first = await SliceAsync(live, 0, 50);
        await SliceAsync(live, 50, 20);
        var part = await SliceAsync(live, 10, 20);
        var again = await SliceAsync(live, 5, 45);

        Assert.Equal(first.Skip(10).Take(20), part);
        Assert.Equal(first.Skip(5), again);
    }

    [Fact]
    public async Task Peeking_reads_one_message_where_it_is_and_leaves_the_reader_where_he_was()
    {
        using var hubs = new Hubs();
        await hubs.AppendToAsync(Hubs.Hub, 0, [.. Enumerable.Range(0, 400).Select(number => Hubs.Message($"{number}"))]);
        var live = await hubs.LiveAsync();
        var first = await SliceAsync(live, 0, 50);
        var one = await live.PeekAsync(0, 7, Cancel);
        var none = await live.PeekAsync(0, 400, Cancel);
        var some = await live.PeekAsync(0, 3, 5, int.MaxValue, Cancel);
        var next = await live.ReadAsync(0, 50, 10, int.MaxValue, Cancel);

        Assert.Equal(first[7], Assert.Single(Told(one)));
        Assert.InRange(some.Messages.Count, 1, 5);
        Assert.Equal(first.Skip(3).Take(some.Messages.Count), Told(some));
        Assert.Equal((0, 400, 0), (none.Messages.Count, none.End, none.First));
        Assert.True(next.Messages.Count > 0, $"{next.First} {next.End} {string.Join('\n', hubs.Logs.All)}");
        Assert.Equal(50, next.Messages[0].Offset);
    }

    [Fact]
    public async Task Who_goes_back_while_the_buffer_is_full_and_paused_reads_on_to_the_end()
    {
        using var hubs = new Hubs(options => options.BufferMessages = 16);
        await hubs.AppendToAsync(Hubs.Hub, 2, [.. Enumerable.Range(0, 200).Select(number => Hubs.Message($"{number}"))]);
        var live = await hubs.LiveAsync();
        for (var times = 0; times < 3; times++)
        {
            await live.ReadAsync(2, 20, 1, int.MaxValue, Cancel);

            // As much as the buffer holds has come by now, if it comes at all: then the partition is paused.
            await Task.Delay(300, Cancel);
            var read = new List<StoredMessage>();
            for (StreamBatch batch; (batch = await live.ReadAsync(2, read.Count, 9, int.MaxValue, Cancel)).Messages.Count > 0;)
                read.AddRange(batch.Messages);
            Assert.Equal(200, read.Count);
        }
    }

    [Fact]
    public async Task A_full_buffer_pauses_its_partition_and_nothing_is_left_out()
    {
        using var hubs = new Hubs(options => (options.BufferMessages, options.BufferBytes) = (16, 2_048));
        await hubs.AppendToAsync(
            Hubs.Hub, 2, [.. Enumerable.Range(0, 300).Select(number => Hubs.Message($"{number} {new string('x', 100)}"))]);
        var live = await hubs.LiveAsync();
        var read = new List<StoredMessage>();
        for (StreamBatch batch; (batch = await live.ReadAsync(2, read.Count, 9, int.MaxValue, Cancel)).Messages.Count > 0;)
            read.AddRange(batch.Messages);

        Assert.Equal(Enumerable.Range(0, 300).Select(offset => (long)offset), read.Select(one => one.Offset));
    }

    [Fact]
    public async Task What_retention_took_before_it_was_read_is_told_by_the_first_offset()
    {
        using var hubs = new Hubs();
        foreach (var number in Enumerable.Range(0, 20)) await hubs.AppendToAsync(Hubs.Hub, 0, Hubs.Message($"{number}"));
        hubs.Cluster.DeleteRecords(Hubs.Hub, 0, 12);
        var live = await hubs.LiveAsync();
        var gone = await live.ReadAsync(0, 3, 10, int.MaxValue, Cancel);
        var peeked = await live.PeekAsync(0, 3, Cancel);
        var rest = await SliceAsync(live, 12, 8);

        Assert.Equal((0, 12, 20), (gone.Messages.Count, gone.First, gone.End));
        Assert.Equal((0, 12, 20), (peeked.Messages.Count, peeked.First, peeked.End));
        Assert.Equal(["12", "13", "14", "15", "16", "17", "18", "19"], rest.Select(one => one.Text));
    }

    [Fact]
    public async Task A_hub_that_was_recreated_ends_before_what_was_read()
    {
        using var hubs = new Hubs();
        foreach (var number in Enumerable.Range(0, 20)) await hubs.AppendToAsync(Hubs.Hub, 0, Hubs.Message($"old {number}"));
        var live = await hubs.LiveAsync();
        await SliceAsync(live, 0, 20);
        hubs.Cluster.DeleteTopic(Hubs.Hub);
        hubs.Cluster.CreateTopic(Hubs.Hub, Hubs.Partitions);
        foreach (var number in Enumerable.Range(0, 5)) await hubs.AppendToAsync(Hubs.Hub, 0, Hubs.Message($"new {number}"));
        await Hubs.UntilAsync(async () => (await live.ReadAsync(0, 20, 100, int.MaxValue, Cancel)).End == 5);

        Assert.Equal("new 4", Text((await live.PeekAsync(0, 4, Cancel)).Messages[0]));
        Assert.Equal("new 0", await FirstAsync(live, 0));
    }

    [Fact]
    public async Task What_the_sender_said_beside_the_body_is_read_as_AMQP_gives_it()
    {
        using var hubs = new Hubs();
        var message = Hubs.Message("body");
        message.Headers = new Headers
        {
            { "region", [0xA1, 2, (byte)'e', (byte)'u'] },
            { "content-type", "text/plain"u8.ToArray() },
        };
        await hubs.AppendToAsync(Hubs.Hub, 0, message);
        var read = (await (await hubs.LiveAsync()).ReadAsync(0, 0, 1, 1, Cancel)).Messages[0];

        Assert.Equal("eu", read.Properties["region"]);
        Assert.Equal("text/plain", read.Properties["content-type"]);
    }

    [Fact]
    public async Task Checkpoints_are_committed_for_other_tools_and_the_lag_is_a_metric()
    {
        using var hubs = new Hubs(options => options.CommitInterval = TimeSpan.FromMilliseconds(250));
        foreach (var number in Enumerable.Range(0, 20)) await hubs.AppendToAsync(Hubs.Hub, 0, Hubs.Message($"{number}"));
        var live = await hubs.LiveAsync();
        await live.ReadAsync(0, 0, 20, int.MaxValue, Cancel);
        live.Checkpointed(0, 13);
        using var other = new ConsumerBuilder<Ignore, byte[]>(
            new ConsumerConfig { BootstrapServers = hubs.Cluster.Bootstrap, GroupId = hubs.Options.Group }).Build();
        var asked = new TopicPartition(Hubs.Hub, 0);
        await Hubs.UntilAsync(() => Task.FromResult(other.Committed([asked], TimeSpan.FromSeconds(5))[0].Offset == 13));
        await Hubs.UntilAsync(() => Task.FromResult(Lag(hubs) == 7));
    }

    private static long? Lag(Hubs hubs)
    {
        long? lag = null;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, it) =>
        {
            if (instrument.Meter.Scope == hubs.Meters && instrument.Name == "correlation.eventhubs.lag")
                it.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => lag = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return lag;
    }

    private static async Task<IReadOnlyList<int>> TryPartitionsAsync(ISignalStream stream)
    {
        try
        {
            return await stream.PartitionsAsync(Cancel);
        }
        catch (StreamUnavailableException)
        {
            return [];
        }
    }

    private static async Task<string> FirstAsync(ISignalStream stream, int partition) =>
        Text((await stream.ReadAsync(partition, 0, 1, 1, Cancel)).Messages[0]);

    /// <summary>So many messages from an offset on, in as many reads as it takes: one read gives what has come by then.</summary>
    private static async Task<List<(long Offset, string Text, DateTimeOffset)>> SliceAsync(
        ISignalStream stream, long from, int count)
    {
        var read = new List<(long Offset, string Text, DateTimeOffset)>();
        while (read.Count < count)
        {
            var next = await stream.ReadAsync(0, from + read.Count, count - read.Count, int.MaxValue, Cancel);
            Assert.NotEmpty(next.Messages);
            read.AddRange(Told(next));
        }

        return read;
    }

    private static IEnumerable<(long, string, DateTimeOffset)> Told(StreamBatch batch) =>
        batch.Messages.Select(one => (one.Offset, Text(one), one.LogTime));

    private static string Text(StoredMessage message) => Encoding.UTF8.GetString(message.Body.Span);
}
