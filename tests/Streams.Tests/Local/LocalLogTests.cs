using System.Text;
using Correlation.Sqlite;
using Correlation.Streams.Local;
using Correlation.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Correlation.Streams.Tests.Local;

public sealed class LocalLogTests : IDisposable
{
    private readonly ManualTime time = new();
    private readonly LogFolder folder;

    public LocalLogTests() => folder = new LogFolder(time, options => options.RetentionBytes = 80_000);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_second_process_appends_to_the_same_file_and_waiting_readers_of_the_first_see_it()
    {
        using var second = folder.Second();
        var wait = (await LiveAsync()).WaitAsync(7, 1, TimeSpan.FromMinutes(10), Cancel);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(
            number => (number % 2 == 0 ? folder.Log : second).AppendAsync([Encoding.UTF8.GetBytes($"{number}")], Cancel)));
        await wait;
        var ends = await Task.WhenAll(Enumerable.Range(0, 8).Select(async partition =>
            (await (await LiveAsync()).ReadAsync(partition, 0, 100, 10_000, Cancel)).Messages.Select(one => one.Offset)
                .ToArray()));
        Assert.All(ends, offsets => Assert.Equal([0, 1, 2, 3, 4], offsets));
    }

    [Fact]
    public async Task Messages_and_bytes_are_counted_once_they_are_durable()
    {
        using var meters = new Meters();
        using var log = new LocalLog(new OptionsWrapper<LocalStreamOptions>(folder.Options), time, meters);
        await log.AppendAsync([new byte[10], new byte[7]], Cancel);
        await Assert.ThrowsAsync<InvalidOperationException>(() => log.AppendAsync("day", "a", 3, [], Cancel));
        Assert.Equal((2, 17), (meters["correlation.stream.messages"], meters["correlation.stream.bytes"]));
    }

    [Fact]
    public async Task Messages_older_than_the_retention_go_but_the_last_of_each_partition()
    {
        await AppendAsync(80);
        time.Now += folder.Options.RetentionAge + TimeSpan.FromSeconds(1);
        await AppendAsync(8);
        Assert.Equal(80, await folder.Log.RetainAsync(Cancel));
        time.Now += folder.Options.RetentionAge + TimeSpan.FromSeconds(1);
        Assert.Equal(0, await folder.Log.RetainAsync(Cancel));
        var batch = await (await LiveAsync()).ReadAsync(3, 0, 100, 10_000, Cancel);
        Assert.Equal((10, 11, 10), (batch.First, batch.End, Assert.Single(batch.Messages).Offset));
        folder.Restart();
        await AppendAsync(8);
        Assert.Equal([10, 11], (await (await LiveAsync()).ReadAsync(3, 0, 9, 9_999, Cancel)).Messages.Select(one => one.Offset));
    }

    [Fact]
    public async Task Messages_over_the_share_of_a_partition_go_oldest_first()
    {
        await AppendAsync(8 * 25, size: 1_000);
        Assert.Equal(8 * 15, await folder.Log.RetainAsync(Cancel));
        var batch = await (await LiveAsync()).ReadAsync(0, 0, 100, 100_000, Cancel);
        Assert.Equal((15, 25, 10), (batch.First, batch.End, batch.Messages.Count));
    }

    [Fact]
    public async Task A_recording_that_was_broken_off_lets_time_go_on_after_a_while_and_can_be_begun_again()
    {
        var message = new RecordedMessage(ManualTime.Start.AddYears(-1), "x"u8.ToArray());
        await folder.Log.BeginAsync("day", "a", Cancel);
        await folder.Log.AppendAsync("day", "a", 0, [message], Cancel);
        time.Now += folder.Options.RecordingIdle - TimeSpan.FromSeconds(1);
        await folder.Log.RetainAsync(Cancel);
        Assert.Equal(message.LogTime, await TimeOfAsync("day"));

        time.Now += TimeSpan.FromSeconds(2);
        await folder.Log.RetainAsync(Cancel);
        Assert.Equal(time.Now, await TimeOfAsync("day"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => folder.Log.AppendAsync("day", "a", 1, [message], Cancel));

        Assert.Equal(1, await folder.Log.BeginAsync("day", "a", Cancel));
        await folder.Log.AppendAsync("day", "a", 1, [message], Cancel);
        await folder.Log.FinishAsync("day", "a", Cancel);
        Assert.Null(await folder.Log.BeginAsync("day", "a", Cancel));
    }

    [Fact]
    public async Task A_recorded_day_of_long_ago_is_kept_until_it_is_as_old_in_the_log()
    {
        await folder.Log.BeginAsync("day", "a", Cancel);
        var old = ManualTime.Start.AddYears(-1);
        var messages = Enumerable.Range(0, 80).Select(n => new RecordedMessage(old.AddHours(n), "x"u8.ToArray())).ToArray();
        await folder.Log.AppendAsync("day", "a", 0, messages, Cancel);
        Assert.Equal(0, await folder.Log.RetainAsync(Cancel));
        await folder.Log.FinishAsync("day", "a", Cancel);
        Assert.Equal(0, await folder.Log.RetainAsync(Cancel));
        time.Now += folder.Options.RetentionAge + TimeSpan.FromSeconds(1);
        Assert.Equal(72, await folder.Log.RetainAsync(Cancel));
    }

    [Fact]
    public async Task More_partitions_are_added_and_fewer_ignored()
    {
        await AppendAsync(80);
        folder.Options.Partitions = 12;
        folder.Restart();
        await AppendAsync(120);
        Assert.Equal(12, (await (await LiveAsync()).PartitionsAsync(Cancel)).Count);
        Assert.NotEmpty((await (await LiveAsync()).ReadAsync(11, 0, 10, 10, Cancel)).Messages);
        folder.Options.Partitions = 2;
        folder.Restart();
        Assert.Equal(12, (await (await LiveAsync()).PartitionsAsync(Cancel)).Count);
    }

    [Fact]
    public async Task The_live_stream_takes_no_recording() =>
        await Assert.ThrowsAsync<ArgumentException>(() => folder.Log.BeginAsync("live", "a", Cancel));

    [Fact]
    public async Task A_message_over_the_limit_is_refused()
    {
        folder.Options.MessageBytes = 10;
        await Assert.ThrowsAsync<ArgumentException>(() => folder.Log.AppendAsync([new byte[11]], Cancel));
    }

    [Fact]
    public async Task More_streams_than_the_limit_are_refused_and_the_log_goes_on()
    {
        folder.Options.Streams = 2;
        await folder.Log.BeginAsync("one", "a", Cancel);
        await Assert.ThrowsAsync<InvalidOperationException>(() => folder.Log.BeginAsync("two", "a", Cancel));
        await AppendAsync(1);
        Assert.Equal(["live", "one"], (await folder.Log.StreamsAsync(Cancel)).Select(stream => stream.Name));
    }

    [Fact]
    public async Task A_partition_that_is_not_there_is_an_error() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await (await LiveAsync()).ReadAsync(8, 0, 1, 1, Cancel));

    [Fact]
    public async Task What_was_handed_over_before_the_end_is_stored_and_what_comes_after_it_is_refused()
    {
        var appends = Enumerable.Range(0, 50).Select(_ => AppendAsync(8)).ToArray();
        folder.Log.Dispose();
        await Task.WhenAll(appends);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => AppendAsync(1));
        Assert.Equal(0, new FileInfo(folder.File + "-wal") is { Exists: true } wal ? wal.Length : 0);
        folder.Restart();
        Assert.Equal(50, (await (await LiveAsync()).ReadAsync(0, 0, 1, 1, Cancel)).End);
    }

    [Fact]
    public void A_file_of_a_newer_format_is_refused_and_left_as_it_is()
    {
        folder.Log.Dispose();
        using (var session = SqliteSession.OpenWriter(folder.File, "")) session.Execute("PRAGMA user_version = 2");
        var error = Assert.Throws<InvalidDataException>(() => folder.Second());
        Assert.Contains("stream.db is of format 2", error.Message);
    }

    [Fact]
    public void A_file_of_another_kind_is_refused()
    {
        folder.Log.Dispose();
        using (var session = SqliteSession.OpenWriter(folder.File, "")) session.Execute("PRAGMA application_id = 5");
        Assert.Throws<InvalidDataException>(() => folder.Second());
    }

    [Theory]
    [InlineData(0, "live")]
    [InlineData(8, "a:b")]
    public void A_bad_option_is_an_error_that_names_it(int partitions, string stream)
    {
        using var services = new ServiceCollection()
            .AddLocalStream(options => (options.Partitions, options.Stream) = (partitions, stream)).BuildServiceProvider();
        var error = Assert.Throws<OptionsValidationException>(
            () => services.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains(partitions == 0 ? "Partitions" : "Stream", error.Message);
    }

    private async Task<DateTimeOffset> TimeOfAsync(string stream) =>
        (await (await folder.Log.FindAsync(stream, Cancel))!.ReadAsync(0, 1, 1, 1, Cancel)).IdleLogTime;

    private async Task<ISignalStream> LiveAsync() => (await folder.Log.FindAsync("live", Cancel))!;

    private Task AppendAsync(int messages, int size = 3) =>
        folder.Log.AppendAsync([.. Enumerable.Range(0, messages).Select(_ => (ReadOnlyMemory<byte>)new byte[size])], Cancel);
}
