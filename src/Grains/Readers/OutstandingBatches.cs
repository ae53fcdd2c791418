using System.Diagnostics.CodeAnalysis;
using Correlation.Delivery;

namespace Correlation.Grains.Readers;

/// <summary>The batches of a partition that are sent and not booked yet, oldest first.</summary>
/// <remarks>A batch does not wait for the one before it, so that nobody's signal waits until somebody else's hundred are
/// answered; only a resource that is in both does: it gets one call at a time. They are booked in their order.</remarks>
internal sealed class OutstandingBatches
{
    private readonly Queue<(BatchWork Work, Task<IReadOnlyCollection<FlushId>> Answer)> _batches = new();

    /// <summary>How many they are.</summary>
    public int Count => _batches.Count;

    /// <summary>Completes, well or not, when the oldest is answered.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Task Oldest => _batches.Peek().Answer;

    /// <summary>Has the resources of a batch wait for their calls of the batches before it.</summary>
    public void Order(BatchWork work)
    {
        foreach (var (earlier, _) in _batches)
        {
            foreach (var resource in work.Resources)
            {
                if (earlier.Find(resource.Resource) is { Call.IsCompleted: false } before) resource.After = before.Call;
            }
        }
    }

    /// <summary>Takes note of a batch that is sent.</summary>
    public void Add(BatchWork work, Task<IReadOnlyCollection<FlushId>> answer) => _batches.Enqueue((work, answer));

    /// <summary>Takes the oldest out if it is answered, well or not.</summary>
    public bool TryTake(
        [NotNullWhen(true)] out BatchWork? work, [NotNullWhen(true)] out Task<IReadOnlyCollection<FlushId>>? answer)
    {
        (work, answer) = (null, null);
        if (Count == 0 || !Oldest.IsCompleted) return false;
        (work, answer) = _batches.Dequeue();
        return true;
    }

    /// <summary>Waits until all are answered, and forgets what became of them.</summary>
    public async Task EndAsync()
    {
        while (_batches.TryDequeue(out var batch))
        {
            Task answer = batch.Answer;
            await answer.ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }
}
