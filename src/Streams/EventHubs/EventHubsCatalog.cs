using Confluent.Kafka;
using Correlation.Streams.Local;

namespace Correlation.Streams.EventHubs;

/// <summary>The event hubs as the live stream, and the recorded streams of the local log where there is one.</summary>
internal sealed class EventHubsCatalog : IStreamCatalog, IDisposable
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);

    private readonly EventHubsClients _clients;
    private readonly SharedClient<IAdminClient> _admin;
    private readonly EventHubsStream _live;
    private readonly LocalLog? _recordings;
    private int _isDisposed;

    /// <summary>Begins to ask the service.</summary>
    public EventHubsCatalog(EventHubsClients clients, EventHubsServices services, LocalLog? recordings = null)
    {
        (_clients, _recordings) = (clients, recordings);
        _admin = new SharedClient<IAdminClient>(clients.Admin());
        _live = new EventHubsStream(clients, new HubAdmin(_admin, clients.Options, clients.Health), services);
    }

    public string? Trouble => _clients.Health.Trouble;

    public async Task<IReadOnlyList<ISignalStream>> StreamsAsync(CancellationToken cancel) =>
        _recordings is null ? [_live] : [_live, .. (await _recordings.StreamsAsync(cancel)).Where(one => !one.IsLive)];

    public async Task<ISignalStream?> FindAsync(string name, CancellationToken cancel)
    {
        if (name == _live.Name) return _live;
        if (_recordings is null) return null;
        return await _recordings.FindAsync(name, cancel) is { IsLive: false } recorded ? recorded : null;
    }

    /// <summary>Finds out at start whether something is set so that no waiting mends it.</summary>
    /// <param name="patience">How long the service has to answer; one that does not may still come.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="IOException">Something is; it says what.</exception>
    public async Task CheckAsync(TimeSpan patience, CancellationToken cancel)
    {
        _clients.Health.IsQuiet = true;
        var began = _clients.Time.GetTimestamp();
        while (!await AnswersAsync(cancel) && _clients.Time.GetElapsedTime(began) < patience)
        {
            if (_clients.Health.Refusal is { } refusal) throw new IOException(refusal);
            await Task.Delay(Rest, _clients.Time, cancel);
        }

        _clients.Health.IsQuiet = false;
        _clients.Health.TellAll();
    }

    /// <summary>Ends; a container that hands it out under two names ends it twice.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1) return;
        _live.Dispose();
        _admin.Dispose();
    }

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            await _live.PartitionsAsync(cancel);
            return true;
        }
        catch (StreamUnavailableException)
        {
            return false;
        }
    }
}

/// <summary>Refuses recordings: there is no log of this process's own that could hold them.</summary>
internal sealed class NoRecordings : IRecordedIntake
{
    private const string Why = "Recordings lie in the local log, and this process has none: Event Hubs cannot keep recorded " +
        "log times. Name the folder that all processes share with Correlation:Stream:Folder.";

    public Task<long?> BeginAsync(string stream, string recording, CancellationToken cancel) =>
        throw new StreamNotSupportedException(Why);

    public Task AppendAsync(
        string stream, string recording, long first, IReadOnlyList<RecordedMessage> messages, CancellationToken cancel) =>
        throw new StreamNotSupportedException(Why);

    public Task FinishAsync(string stream, string recording, CancellationToken cancel) =>
        throw new StreamNotSupportedException(Why);
}
