using Correlation.Sqlite;

namespace Correlation.Storage.Sqlite;

/// <summary>A run of the rows of one call, not larger than a transaction should be.</summary>
internal sealed class StateRowGroup(StateCall call, int start, int count, long bytes) : StateWork(bytes)
{
    public int Count { get; } = count;

    /// <summary>A row of the group.</summary>
    public StateWrite this[int index] => call.Writes[start + index];

    /// <summary>Its key as stored.</summary>
    public byte[] Key(int index) => StoredText.Key(this[index].Key);

    /// <summary>Notes a row's outcome, which counts once the transaction is stored.</summary>
    public void Note(int index, WriteOutcome outcome) => call.Outcomes[start + index] = outcome;

    public override void Apply(SqliteSession session) =>
        throw new NotSupportedException("Groups of state rows are applied together, sorted.");

    public override void Complete() => call.Completed();

    public override void Fail(Exception error) => call.Failed(error);
}

/// <summary>One call that writes state rows; it is done when each of its groups is.</summary>
internal sealed class StateCall(IReadOnlyList<StateWrite> writes)
{
    private readonly TaskCompletionSource<IReadOnlyList<WriteOutcome>> done =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int open = 1;

    public IReadOnlyList<StateWrite> Writes { get; } = writes;

    public WriteOutcome[] Outcomes { get; } = new WriteOutcome[writes.Count];

    public Task<IReadOnlyList<WriteOutcome>> Done => done.Task;

    /// <summary>The rows as groups of at most so many rows and bytes; the call then waits for one more <see cref="Completed"/>,
    /// which says that all were handed over.</summary>
    public IEnumerable<StateRowGroup> Groups(SqliteStorageOptions options)
    {
        var (start, bytes) = (0, 0L);
        for (var index = 0; index < Writes.Count; index++)
        {
            var size = Writes[index].Data.Length;
            if (index > start && (index - start >= options.GroupRows || bytes + size > options.GroupBytes))
            {
                yield return Group(start, index - start, bytes);
                (start, bytes) = (index, 0L);
            }

            bytes += size;
        }

        if (Writes.Count > start) yield return Group(start, Writes.Count - start, bytes);
    }

    public void Completed()
    {
        if (Interlocked.Decrement(ref open) == 0) done.TrySetResult(Outcomes);
    }

    public void Failed(Exception error) => done.TrySetException(error);

    private StateRowGroup Group(int start, int count, long bytes)
    {
        Interlocked.Increment(ref open);
        return new StateRowGroup(this, start, count, bytes);
    }
}
