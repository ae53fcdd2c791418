using System.Collections.Concurrent;
using System.Threading.Channels;
using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Delivery;
using Correlation.Resources;

namespace Correlation.Grains.Delivery;

/// <summary>Brings what the resources of one silo report to their customers: one call to a customer at a time,
/// with all that waits.</summary>
internal sealed class CustomerReporter(IGrainFactory grains)
{
    private const int EffectsPerCall = 1000;

    private readonly ConcurrentDictionary<CustomerKey, Queue> _queues = new();

    /// <summary>Reports effects; ends when the customer has them durably.</summary>
    /// <exception cref="Exception">The call failed or its outcome is not known; reporting again is harmless.</exception>
    public Task ReportAsync(CustomerKey customer, IReadOnlyList<OwnedEffect> effects, DateTimeOffset now)
    {
        var waiting = new Waiting(effects, now);
        var queue = QueueOf(customer);
        queue.Count(effects.Count);
        queue.Waiting.Writer.TryWrite(waiting);
        return waiting.Done.Task;
    }

    /// <summary>How many effects the customer has been told of, or is about to be, and has not acknowledged.</summary>
    public long Outstanding(CustomerKey customer) => _queues.TryGetValue(customer, out var queue) ? queue.Outstanding : 0;

    private Queue QueueOf(CustomerKey customer) => _queues.GetOrAdd(customer, key =>
    {
        var queue = new Queue();
        _ = Task.Run(() => DrainAsync(key, queue));
        return queue;
    });

    private async Task DrainAsync(CustomerKey customer, Queue queue)
    {
        var grain = grains.GetGrain<ICustomerGrain>(customer.Value);
        while (await queue.Waiting.Reader.WaitToReadAsync())
        {
            var batch = new List<Waiting>();
            var effects = 0;
            for (; effects < EffectsPerCall && queue.Waiting.Reader.TryRead(out var next); effects += next.Effects.Count)
                batch.Add(next);
            await SendAsync(grain, batch);
            queue.Count(-effects);
        }
    }

    private static async Task SendAsync(ICustomerGrain grain, List<Waiting> batch)
    {
        try
        {
            var effects = batch.SelectMany(waiting => waiting.Effects).ToList();
            await grain.Report(new ResourceReports(
                [.. effects.Select(effect => effect.Condition).OfType<ConditionReport>()],
                [.. effects.Select(effect => effect.Change).OfType<Change>()],
                batch.Max(waiting => waiting.Now))
            {
                Links = [.. effects.Select(effect => effect.Link).OfType<LearntLink>()],
            });
            foreach (var waiting in batch) waiting.Done.TrySetResult();
        }
        catch (Exception error)
        {
            foreach (var waiting in batch) waiting.Done.TrySetException(error);
        }
    }

    private sealed class Queue
    {
        private long _outstanding;

        public Channel<Waiting> Waiting { get; } =
            Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });

        public long Outstanding => Interlocked.Read(ref _outstanding);

        public void Count(int effects) => Interlocked.Add(ref _outstanding, effects);
    }

    private sealed record Waiting(IReadOnlyList<OwnedEffect> Effects, DateTimeOffset Now)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
