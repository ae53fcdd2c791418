using Correlation.Storage;

namespace Correlation.Grains.Tests.Delivery;

/// <summary>What goes wrong on one silo: something is done before or after a call or a write; what it throws is what the caller
/// is told.</summary>
internal sealed class Faults : IIncomingGrainCallFilter, IOutgoingGrainCallFilter
{
    /// <summary>Before a grain here is called.</summary>
    public Func<IIncomingGrainCallContext, Task>? Called { get; set; }

    /// <summary>After a grain here has done what it was called for.</summary>
    public Func<IIncomingGrainCallContext, Task>? Answers { get; set; }

    /// <summary>Before a call leaves this silo.</summary>
    public Func<IOutgoingGrainCallContext, Task>? Calls { get; set; }

    /// <summary>Before states are written.</summary>
    public Func<Task>? Writes { get; set; }

    /// <summary>After states were written.</summary>
    public Func<Task>? Wrote { get; set; }

    /// <summary>After a checkpoint was written.</summary>
    public Func<Task>? Checkpointed { get; set; }

    /// <summary>Before events are appended to a journal.</summary>
    public Func<string, Task>? Appends { get; set; }

    /// <summary>After events were appended to a journal.</summary>
    public Func<string, Task>? Appended { get; set; }

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (Called is { } called) await called(context);
        await context.Invoke();
        if (Answers is { } answers) await answers(context);
    }

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (Calls is { } calls) await calls(context);
        await context.Invoke();
    }

    /// <summary>Something that throws the first times that it is done, here or on any silo that shares it.</summary>
    public static Func<T, Task> Fails<T>(int times, Func<T, bool> isMeant)
    {
        var left = times;
        return it => isMeant(it) && Interlocked.Decrement(ref left) >= 0
            ? throw new IOException("The answer is lost.") : Task.CompletedTask;
    }

    /// <summary>Whether a call is to a method of a grain.</summary>
    public static Func<IGrainCallContext, bool> To(string grain, string method) => call =>
        call.InterfaceName.EndsWith(grain, StringComparison.Ordinal) && call.MethodName == method;
}

/// <summary>The states of one silo.</summary>
internal sealed class FaultyStates(IStateStore inner, Faults faults) : IStateStore
{
    public ValueTask<StateRow?> ReadAsync(string key, CancellationToken cancel) => inner.ReadAsync(key, cancel);

    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<StateWrite> writes, CancellationToken cancel)
    {
        if (faults.Writes is { } before) await before();
        var outcomes = await inner.WriteAsync(writes, cancel);
        if (faults.Wrote is { } after) await after();
        return outcomes;
    }
}

/// <summary>The checkpoints of one silo.</summary>
internal sealed class FaultyCheckpoints(ICheckpointStore inner, Faults faults) : ICheckpointStore
{
    public Task<StateRow?> ReadAsync(string partition, CancellationToken cancel) => inner.ReadAsync(partition, cancel);

    public async Task<WriteOutcome> WriteAsync(
        string partition, long expectedETag, ReadOnlyMemory<byte> row, IReadOnlyList<FateRecord> fates, CancellationToken cancel)
    {
        var outcome = await inner.WriteAsync(partition, expectedETag, row, fates, cancel);
        if (fates.Count > 0 && faults.Checkpointed is { } after) await after();
        return outcome;
    }

    public Task<FateRecord?> FatesAsync(string partition, int epoch, long offset, CancellationToken cancel) =>
        inner.FatesAsync(partition, epoch, offset, cancel);

    public Task ForgetFatesAsync(string partition, int epoch, long below, CancellationToken cancel) =>
        inner.ForgetFatesAsync(partition, epoch, below, cancel);
}

/// <summary>The journals of one silo.</summary>
internal sealed class FaultyJournals(IJournalStore inner, Faults faults) : IJournalStore
{
    public Task<JournalContent> ReadAsync(string journal, CancellationToken cancel) => inner.ReadAsync(journal, cancel);

    public async Task<bool> AppendAsync(
        string journal, long expectedVersion, IReadOnlyList<JournalEvent> events, CancellationToken cancel)
    {
        if (faults.Appends is { } before) await before(journal);
        var appended = await inner.AppendAsync(journal, expectedVersion, events, cancel);
        if (faults.Appended is { } after) await after(journal);
        return appended;
    }

    public Task SnapshotAsync(string journal, long version, ReadOnlyMemory<byte> snapshot, CancellationToken cancel) =>
        inner.SnapshotAsync(journal, version, snapshot, cancel);

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancel) => inner.ListAsync(prefix, cancel);
}
