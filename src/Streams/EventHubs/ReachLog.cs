using System.Collections.Concurrent;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Correlation.Streams.EventHubs;

/// <summary>How far a partition reached.</summary>
/// <param name="First">The first offset that it held.</param>
/// <param name="End">The first offset that it did not hold yet.</param>
/// <param name="Asked">Our clock before the service was asked: what it stores at <paramref name="End"/> or behind came after
/// that.</param>
internal readonly record struct Reach(long First, long End, DateTimeOffset Asked);

/// <summary>Asks the service again and again how far the partitions that are read here reach, all of them at once.</summary>
/// <remarks>
/// A reader at the end lets customers' time pass, so a time may only be told with an end that was asked for after it: the clock
/// is read first, then the question is sent. What the service stores later has a later stamp by its own clock; by how much that
/// may be behind ours is <see cref="EventHubsOptions.ClockMargin"/>. When the service does not answer, the last answer stands,
/// and time with it.
/// </remarks>
internal sealed partial class ReachLog : IDisposable
{
    private readonly IHubAdmin _admin;
    private readonly EventHubsOptions _options;
    private readonly EventHubsInstruments _instruments;
    private readonly TimeProvider _time;
    private readonly ILogger<ReachLog> _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<TopicPartition, Reach> _known = [];
    private readonly ConcurrentDictionary<TopicPartition, byte> _watched = [];
    private Dictionary<TopicPartition, TaskCompletionSource<Reach?>> _asking = [];
    private TaskCompletionSource _wake = Fresh();

    /// <summary>Begins to ask.</summary>
    public ReachLog(
        IHubAdmin admin, EventHubsOptions options, EventHubsInstruments instruments, TimeProvider time, ILoggerFactory logs)
    {
        (_admin, _options, _instruments, _time, _log) = (admin, options, instruments, time, logs.CreateLogger<ReachLog>());
        _ = Task.Run(RunAsync);
    }

    /// <summary>What was answered last for a partition that is watched.</summary>
    public Reach? Known(TopicPartition partition) =>
        _watched.ContainsKey(partition) && _known.TryGetValue(partition, out var reach) ? reach : null;

    /// <summary>Asks for a partition from now on with every round.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="reach">What is known of it.</param>
    public void Watch(TopicPartition partition, Reach reach)
    {
        if (_watched.TryAdd(partition, 0)) _known[partition] = reach;
    }

    /// <summary>Asks for it no more.</summary>
    public void Forget(TopicPartition partition)
    {
        _watched.TryRemove(partition, out _);
        _known.TryRemove(partition, out _);
    }

    /// <summary>Asks now.</summary>
    /// <returns>An answer to a question that was sent after this call; null where there was none.</returns>
    public Task<Reach?> FreshAsync(TopicPartition partition, CancellationToken cancel)
    {
        Task<Reach?> answer;
        lock (_gate)
        {
            if (_stop.IsCancellationRequested) return Task.FromResult<Reach?>(null);
            if (!_asking.TryGetValue(partition, out var waiting))
                _asking[partition] = waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
            answer = waiting.Task;
            _wake.TrySetResult();
        }

        return answer.WaitAsync(cancel);
    }

    /// <summary>Asks no more, and waits for no answer.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        foreach (var waiting in TakeWaiting().Values) waiting.TrySetResult(null);
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await Task.WhenAny(_wake.Task, Task.Delay(_options.ReachInterval, _time, _stop.Token));
            if (_stop.IsCancellationRequested) return;
            await RoundAsync(TakeWaiting());
        }
    }

    private Dictionary<TopicPartition, TaskCompletionSource<Reach?>> TakeWaiting()
    {
        lock (_gate)
        {
            _wake = Fresh();
            var waiting = _asking;
            _asking = [];
            return waiting;
        }
    }

    private async Task RoundAsync(Dictionary<TopicPartition, TaskCompletionSource<Reach?>> waiting)
    {
        List<TopicPartition> partitions = [.. _watched.Keys.Union(waiting.Keys)];
        if (partitions.Count == 0) return;
        var asked = _time.GetUtcNow();
        try
        {
            foreach (var (partition, (first, end)) in await _admin.ReachAsync(partitions).WaitAsync(_stop.Token))
            {
                var reach = new Reach(first, end, asked);
                if (_watched.ContainsKey(partition)) _known[partition] = reach;
                _instruments.OnReach(partition, end);
                if (waiting.TryGetValue(partition, out var asker)) asker.TrySetResult(reach);
            }
        }
        catch (Exception error) when (!_stop.IsCancellationRequested)
        {
            // No question may end the asking: without it no reader goes on.
            LogFailed(_log, error);
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // It has ended.
        }
        finally
        {
            foreach (var asker in waiting.Values) asker.TrySetResult(null);
        }
    }

    [LoggerMessage(LogLevel.Error, "Asking Event Hubs how far its partitions reach failed; it is asked again")]
    private static partial void LogFailed(ILogger log, Exception error);

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
