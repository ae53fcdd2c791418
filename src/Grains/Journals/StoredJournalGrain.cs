using Correlation.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.EventSourcing;
using Orleans.EventSourcing.CustomStorage;
using Orleans.Providers;

namespace Correlation.Grains.Journals;

/// <summary>A grain whose state is the fold of a journal: it decides, appends what it decided, and answers after that.</summary>
/// <remarks>
/// <para>Orleans' <see cref="JournaledGrain{TGrainState,TEventBase}"/> over an <see cref="IJournalStore"/>. Decisions go through
/// <see cref="DecideAsync"/>: they are appended under the version they were made from; after a conflict, or a write whose
/// outcome was unknown, the state is read anew and the decision is made anew, so a decision must find in the state what an
/// earlier attempt has already done (sequence numbers, command ids).</para>
/// <para>Use <see cref="JournaledGrain{TGrainState,TEventBase}.State"/>, never the tentative state:
/// that one is a deep copy.</para>
/// </remarks>
[LogConsistencyProvider(ProviderName = JournalRegistration.ProviderName)]
public abstract partial class StoredJournalGrain<TState, TEvent> : JournaledGrain<TState, TEvent>,
    ICustomStorageInterface<TState, TEvent>
    where TState : class, new()
    where TEvent : class
{
    private const int EventsPerSnapshot = 500;
    private const int AttemptsMax = 10;

    private IJournalStore _store = null!;
    private StoredForm _form = null!;
    private ILogger _log = null!;
    private string _journal = "";
    private long _snapshotVersion;
    private Task _snapshot = Task.CompletedTask;
    private readonly SemaphoreSlim _deciding = new(1);

    /// <summary>The kind of journal: the part of its key after the customer's key and a slash.</summary>
    protected abstract string JournalKind { get; }

    /// <summary>The part of the journal's key before the slash: the grain's own key.</summary>
    protected virtual string JournalOwner => this.GetPrimaryKeyString();

    /// <summary>Folds an event into the state. Must not fail for any event that was ever appended.</summary>
    protected abstract void Fold(TState state, TEvent stored);

    /// <summary>The id of an event: equal for the same event, different for every other in this journal.</summary>
    protected abstract string EventIdOf(TEvent stored);

    /// <inheritdoc/>
    public async Task<KeyValuePair<int, TState>> ReadStateFromStorage()
    {
        Prepare();
        var content = await _store.ReadAsync(_journal, CancellationToken.None);
        var state = content.Snapshot is { } bytes ? _form.Read<TState>(bytes) : new TState();
        foreach (var stored in content.Events) Fold(state, _form.Read<TEvent>(stored.Data));
        _snapshotVersion = content.SnapshotVersion;
        return new KeyValuePair<int, TState>(checked((int)content.Version), state);
    }

    /// <inheritdoc/>
    public Task<bool> ApplyUpdatesToStorage(IReadOnlyList<TEvent> updates, int expectedVersion)
    {
        Prepare();
        var events = updates.Select(update => new JournalEvent(EventIdOf(update), _form.Write(update))).ToList();
        return _store.AppendAsync(_journal, expectedVersion, events, CancellationToken.None);
    }

    /// <inheritdoc/>
    public Task ClearStoredState() =>
        throw new NotSupportedException("A journal is erased by its customer's prefix, not by its grain.");

    /// <summary>Decides on the present state and appends what was decided; decides anew after a conflict.</summary>
    /// <remarks>One decision after the other, also where turns of the grain come between: Orleans would append what two of them
    /// made of one state as one batch, under ids that repeat, which the store refuses, and try that again for ever.</remarks>
    /// <param name="decide">Makes the events from the confirmed state; none to change nothing.</param>
    /// <returns>Whether anything was appended.</returns>
    /// <exception cref="InvalidOperationException">Somebody else kept appending; the activation is given up.</exception>
    protected async Task<bool> DecideAsync(Func<TState, IReadOnlyList<TEvent>> decide)
    {
        await _deciding.WaitAsync();
        try
        {
            for (var attempt = 0; attempt < AttemptsMax; attempt++)
            {
                var events = decide(State);
                if (events.Count == 0) return false;
                if (await RaiseConditionalEvents(events)) return true;
            }
        }
        finally
        {
            _deciding.Release();
        }

        DeactivateOnIdle();
        throw new InvalidOperationException(
            $"The journal {_journal} changes faster than this activation can decide; it is given up.");
    }

    /// <inheritdoc/>
    protected override void TransitionState(TState state, TEvent @event) => Fold(state, @event);

    /// <inheritdoc/>
    protected override void OnStateChanged()
    {
        if (Version - _snapshotVersion < EventsPerSnapshot || !_snapshot.IsCompleted) return;
        _snapshotVersion = Version;
        _snapshot = SnapshotAsync(Version, _form.Write(State));
    }

    private async Task SnapshotAsync(long version, byte[] bytes)
    {
        try
        {
            await _store.SnapshotAsync(_journal, version, bytes, CancellationToken.None);
        }
        catch (Exception error)
        {
            // The events are all there: the next snapshot is tried after as many events again.
            LogSnapshotFailed(_log, _journal, version, error);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Snapshot of journal {Journal} at version {Version} failed")]
    private static partial void LogSnapshotFailed(ILogger log, string journal, long version, Exception error);

    private void Prepare()
    {
        if (_journal.Length > 0) return;
        _store = ServiceProvider.GetRequiredService<IJournalStore>();
        _form = ServiceProvider.GetRequiredService<StoredForm>();
        _log = ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger(GetType());
        _journal = $"{JournalOwner}/{JournalKind}";
    }
}
