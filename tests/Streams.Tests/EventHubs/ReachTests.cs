using Confluent.Kafka;
using Correlation.Streams.EventHubs;
using Microsoft.Extensions.Logging;

namespace Correlation.Streams.Tests.EventHubs;

/// <summary>The time that a reader at the end is told is never later than the question that found the end.</summary>
public sealed class ReachTests : IDisposable
{
    private static readonly TopicPartition Partition = new("signals", 0);

    private readonly ManualTime time = new();
    private readonly FakeAdmin admin = new();
    private readonly Logs logs = new();
    private readonly EventHubsOptions options = new() { ReachInterval = TimeSpan.FromMilliseconds(50) };
    private readonly ReachLog log;

    public ReachTests() => log = new ReachLog(admin, options, new EventHubsInstruments(null, time), time, logs);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => log.Dispose();

    [Fact]
    public async Task An_end_carries_the_time_before_it_was_asked_for()
    {
        admin.Reach = _ =>
        {
            time.Now += TimeSpan.FromHours(1);
            return Task.FromResult<(long, long)?>((3, 17));
        };
        Assert.Equal(new Reach(3, 17, ManualTime.Start), await log.FreshAsync(Partition, Cancel));
    }

    [Fact]
    public async Task A_question_that_is_under_way_already_answers_nobody_who_asks_now()
    {
        var (begun, first) = (new TaskCompletionSource(), new TaskCompletionSource<(long, long)?>());
        admin.Reach = asked =>
        {
            if (asked > 1) return Task.FromResult<(long, long)?>((0, 2));
            begun.SetResult();
            return first.Task;
        };
        var before = log.FreshAsync(Partition, Cancel);
        await begun.Task;
        var after = log.FreshAsync(Partition, Cancel);
        first.SetResult((0, 1));
        Assert.Equal((1, 2), ((await before)!.Value.End, (await after)!.Value.End));
    }

    [Fact]
    public async Task Without_an_answer_the_last_one_stands_with_its_time()
    {
        admin.Reach = _ => Task.FromResult<(long, long)?>(null);
        log.Watch(Partition, new Reach(0, 5, ManualTime.Start));
        time.Now += TimeSpan.FromHours(1);
        Assert.Null(await log.FreshAsync(Partition, Cancel));
        Assert.Equal(new Reach(0, 5, ManualTime.Start), log.Known(Partition));
        log.Forget(Partition);
        Assert.Null(log.Known(Partition));
    }

    [Fact]
    public async Task A_question_that_fails_does_not_end_the_asking()
    {
        admin.Reach = asked => asked == 1 ? throw new InvalidOperationException("no") : Task.FromResult<(long, long)?>((0, 4));
        Assert.Null(await log.FreshAsync(Partition, Cancel));
        Assert.Equal(4, (await log.FreshAsync(Partition, Cancel))!.Value.End);
        Assert.Single(logs.Of(LogLevel.Error));
    }

    [Fact]
    public async Task After_its_end_nobody_waits_for_an_answer()
    {
        log.Dispose();
        Assert.Null(await log.FreshAsync(Partition, Cancel));
    }
}
