namespace Correlation.Simulation.Tests;

/// <summary>An activation whose state is the fold of a journal: the steps of the product's journaled grain.</summary>
internal abstract class SimJournaled<TState, TEvent>(SimSilo silo, string journal)
    where TState : class, new()
    where TEvent : class
{
    private bool _busy;
    private long _version;

    protected SimSilo Silo => silo;

    protected SimWorld World => silo.World;

    protected TState State { get; private set; } = new();

    /// <summary>The state that a journal leads to.</summary>
    public static TState Fold(SimWorld world, IReadOnlyList<byte[]> events, Action<TState, TEvent> fold)
    {
        var state = new TState();
        foreach (var stored in events) fold(state, world.Read<TEvent>(stored));
        return state;
    }

    public async Task LoadAsync()
    {
        var events = await World.Storage.ReadJournalAsync(silo.Process, journal);
        State = Fold(World, events, Apply);
        _version = events.Count;
    }

    protected abstract void Apply(TState state, TEvent stored);

    /// <summary>One call at a time, as a grain that is not reentrant.</summary>
    protected async Task<T> TurnAsync<T>(Func<Task<T>> turn)
    {
        while (_busy) await World.Scheduler.Hop(silo.Process);
        _busy = true;
        try
        {
            return await turn();
        }
        finally
        {
            _busy = false;
        }
    }

    /// <summary>Appends what is decided on the present state; decides anew after a conflict or an unknown outcome.</summary>
    protected async Task<bool> DecideAsync(Func<TState, IReadOnlyList<TEvent>> decide)
    {
        while (true)
        {
            var events = decide(State);
            if (events.Count == 0) return false;
            if (await TryAppendAsync([.. events.Select(World.Write)]))
            {
                foreach (var made in events) Apply(State, made);
                _version += events.Count;
                return true;
            }

            await LoadAsync();
        }
    }

    private async Task<bool> TryAppendAsync(IReadOnlyList<byte[]> events)
    {
        try
        {
            return await World.Storage.AppendAsync(silo.Process, journal, _version, events);
        }
        catch (UnknownOutcomeException)
        {
            return false;
        }
    }
}
