using System.Text;

namespace Correlation.Streams.Tests;

/// <summary>What every implementation of the live stream must do. The implementation starts with an empty live stream.</summary>
public abstract class StreamCompliance
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected ManualTime Time { get; } = new();

    protected abstract IStreamCatalog Catalog { get; }

    protected abstract ISignalIntake Intake { get; }

    /// <summary>Whether messages are stamped by <see cref="Time"/>; a broker stamps by its own clock.</summary>
    protected virtual bool StampsByOurClock => true;

    /// <summary>Closes the implementation and opens it again over what is stored.</summary>
    protected abstract void Restart();

    [Fact]
    public async Task Every_message_is_read_once_with_its_bytes_unchanged()
    {
        var sent = Enumerable.Range(0, 100).Select(number => $"message {number} ü \0 {new string('x', number * 7)}").ToArray();
        await AppendAsync(sent[..40]);
        await AppendAsync(sent[40..]);
        var read = (await ReadAllAsync(await LiveAsync())).SelectMany(partition => partition).Select(Text);
        Assert.Equal(sent.Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Messages_are_spread_over_all_partitions()
    {
        await AppendAsync([.. Enumerable.Range(0, 400).Select(number => $"{number}")]);
        var counts = (await ReadAllAsync(await LiveAsync())).Select(partition => partition.Count).ToArray();
        Assert.All(counts, count => Assert.InRange(count, 1, 400 / counts.Length * 2));
    }

    [Fact]
    public async Task Offsets_begin_at_0_and_have_no_gaps_under_concurrent_appends_and_restarts()
    {
        for (var round = 0; round < 3; round++)
        {
            var start = round;
            await Task.WhenAll(
                Enumerable.Range(0, 40).Select(number => AppendAsync($"{start}/{number}/a", $"{start}/{number}/b")));
            Restart();
        }

        var partitions = await ReadAllAsync(await LiveAsync());
        Assert.Equal(240, partitions.SelectMany(partition => partition).Select(Text).Distinct().Count());
        Assert.All(partitions, messages =>
            Assert.Equal(Enumerable.Range(0, messages.Count).Select(offset => (long)offset), messages.Select(one => one.Offset)));
    }

    [Fact]
    public async Task An_empty_message_and_one_of_a_mebibyte_come_back_as_they_were()
    {
        var large = new byte[1024 * 1024 - 4096];
        new Random(1).NextBytes(large);
        await Intake.AppendAsync([Array.Empty<byte>(), large], Cancel);
        var read = (await ReadAllAsync(await LiveAsync())).SelectMany(partition => partition).OrderBy(one => one.Body.Length)
            .ToArray();
        Assert.Equal(0, read[0].Body.Length);
        Assert.Equal(large, read[1].Body.ToArray());
    }

    [Fact]
    public async Task The_bodies_of_a_batch_stay_as_they_are_while_others_are_read_and_disposed_of()
    {
        await AppendAsync([.. Enumerable.Range(0, 64).Select(number => new string((char)('a' + (number % 26)), 70_000))]);
        var stream = await LiveAsync();
        using var kept = await stream.ReadAsync(0, 0, 100, int.MaxValue, Cancel);
        var texts = kept.Messages.Select(Text).ToList();
        for (var round = 0; round < 3; round++)
        {
            foreach (var partition in (await stream.PartitionsAsync(Cancel)).Skip(1))
            {
                var other = await stream.ReadAsync(partition, 0, 100, int.MaxValue, Cancel);
                other.Dispose();
                other.Dispose();
            }
        }

        Assert.NotEmpty(texts);
        Assert.Equal(texts, kept.Messages.Select(Text));
        Assert.All(texts, text => Assert.True(text.Length == 70_000 && text.All(letter => letter == text[0])));
    }

    [Fact]
    public async Task A_read_keeps_to_its_limits_and_returns_one_message_at_least()
    {
        await AppendAsync([.. Enumerable.Range(0, 160).Select(number => new string('x', 1_000))]);
        var live = await LiveAsync();
        Assert.Equal(3, (await live.ReadAsync(0, 0, 3, int.MaxValue, Cancel)).Messages.Count);
        Assert.Equal(2, (await live.ReadAsync(0, 0, 100, 1_500, Cancel)).Messages.Count);
        Assert.Single((await live.ReadAsync(0, 0, 100, 1, Cancel)).Messages);
        Assert.Equal(2, (await live.ReadAsync(0, 2, 1, 1, Cancel)).Messages[0].Offset);
    }

    [Fact]
    public async Task A_read_at_the_end_is_empty_and_says_where_the_end_is()
    {
        await AppendAsync([.. Enumerable.Range(0, 64).Select(number => $"{number}")]);
        var live = await LiveAsync();
        var all = await live.ReadAsync(1, 0, 1_000, int.MaxValue, Cancel);
        var none = await live.ReadAsync(1, all.End, 1_000, int.MaxValue, Cancel);
        Assert.Empty(none.Messages);
        Assert.Equal((0, all.Messages.Count), (none.First, none.End));
    }

    [Fact]
    public async Task Log_times_never_fall_although_the_clock_does()
    {
        Assert.SkipUnless(StampsByOurClock, "The broker stamps.");
        foreach (var minutes in new[] { 0, 10, -30, 5, -90, 11 })
        {
            Time.Now = ManualTime.Start.AddMinutes(minutes);
            await AppendAsync([.. Enumerable.Range(0, 16).Select(number => $"{number}")]);
            Restart();
        }

        Assert.All(await ReadAllAsync(await LiveAsync()), messages =>
        {
            Assert.Equal(messages.Select(one => one.LogTime).Order(), messages.Select(one => one.LogTime));
            Assert.Equal(ManualTime.Start, messages[0].LogTime);
            Assert.Equal(ManualTime.Start.AddMinutes(11), messages[^1].LogTime);
        });
    }

    [Fact]
    public async Task No_message_is_earlier_than_a_time_that_a_reader_at_the_end_was_told()
    {
        Assert.SkipUnless(StampsByOurClock, "The broker stamps.");
        var live = await LiveAsync();
        Time.Now = ManualTime.Start.AddHours(1);
        var told = (await live.ReadAsync(0, 0, 10, 1_000, Cancel)).IdleLogTime;
        Time.Now = ManualTime.Start;
        await AppendAsync([.. Enumerable.Range(0, 32).Select(number => $"{number}")]);
        Assert.Equal(ManualTime.Start.AddHours(1), told);
        Assert.All((await ReadAllAsync(live)).SelectMany(partition => partition), one => Assert.True(one.LogTime >= told));
    }

    [Fact]
    public async Task A_wait_ends_when_a_message_comes()
    {
        var live = await LiveAsync();
        var waits = (await live.PartitionsAsync(Cancel))
            .Select(partition => live.WaitAsync(partition, 0, TimeSpan.FromMinutes(10), Cancel)).ToArray();
        await AppendAsync([.. Enumerable.Range(0, 200).Select(number => $"{number}")]);
        await Task.WhenAll(waits);
        Assert.All(await ReadAllAsync(live), Assert.NotEmpty);
    }

    [Fact]
    public async Task A_wait_ends_after_its_time_and_at_once_for_what_is_there()
    {
        var live = await LiveAsync();
        await live.WaitAsync(0, 0, TimeSpan.FromMilliseconds(1), Cancel);
        Assert.Equal(0, (await live.ReadAsync(0, 0, 1, 1, Cancel)).End);
        await AppendAsync([.. Enumerable.Range(0, 64).Select(number => $"{number}")]);
        await live.WaitAsync(0, 0, TimeSpan.FromMinutes(10), Cancel);
        Assert.NotEqual(0, (await live.ReadAsync(0, 0, 1, 1, Cancel)).End);
    }

    [Fact]
    public async Task A_wait_can_be_cancelled()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var wait = (await LiveAsync()).WaitAsync(0, 0, TimeSpan.FromMinutes(10), source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public async Task An_unknown_stream_is_not_found() => Assert.Null(await Catalog.FindAsync("nothing-of-the-kind", Cancel));

    protected static string Text(StoredMessage message) => Encoding.UTF8.GetString(message.Body.Span);

    protected static async Task<List<StoredMessage>[]> ReadAllAsync(ISignalStream stream)
    {
        var partitions = new List<List<StoredMessage>>();
        foreach (var number in await stream.PartitionsAsync(Cancel))
        {
            var read = new List<StoredMessage>();
            StreamBatch batch;
            do
            {
                batch = await stream.ReadAsync(number, read.LastOrDefault()?.Offset + 1 ?? 0, 7, 100_000, Cancel);
                read.AddRange(batch.Messages);
            }
            while (batch.Messages.Count > 0);
            partitions.Add(read);
        }

        return [.. partitions];
    }

    protected async Task<ISignalStream> LiveAsync() => Assert.Single(await Catalog.StreamsAsync(Cancel));

    protected Task AppendAsync(params string[] bodies) => Intake.AppendAsync(
        [.. bodies.Select(body => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(body))], Cancel);
}
