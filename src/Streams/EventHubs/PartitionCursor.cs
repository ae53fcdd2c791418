namespace Correlation.Streams.EventHubs;

/// <summary>The messages of one partition that are held ready for its reader, in order and without gaps.</summary>
/// <remarks>Not safe by itself: whoever uses it holds <see cref="Gate"/>. What was returned stays until the next read shows that
/// the reader has passed it, because readers use the beginning of a batch and come back for the rest.</remarks>
/// <param name="options">The limits.</param>
internal sealed class PartitionCursor(EventHubsOptions options)
{
    /// <summary>How often the same message has to come first before what is missing before it counts as gone.</summary>
    private const int GapConfirmations = 3;

    private readonly LinkedList<StoredMessage> _held = new();
    private TaskCompletionSource? _waiting;
    private long _target;
    private long _bytes;
    private long _gapAt = -1;
    private int _gapSeen;

    /// <summary>Guards all of it.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Whether the partition is being fetched.</summary>
    public bool IsAssigned { get; set; }

    /// <summary>Whether the partition does not hold the offset from which it is to be fetched.</summary>
    public bool IsOutOfRange { get; set; }

    /// <summary>Whether fetching pauses because enough is held.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Whether it is no more: whoever still holds it gets another.</summary>
    public bool IsReleased { get; set; }

    /// <summary>When somebody asked for it last, as a timestamp.</summary>
    public long Asked { get; set; }

    /// <summary>When the newest message came; the earliest time where none has.</summary>
    public DateTimeOffset Received { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>The offset of the first message held, or of the next that comes.</summary>
    public long Start { get; private set; }

    /// <summary>The offset behind the last message held.</summary>
    public long Next => Start + _held.Count;

    /// <summary>Where the partition goes on behind messages that it does not hold although it should; -1 where nothing is
    /// missing.</summary>
    public long GapEnd { get; private set; } = -1;

    /// <summary>Whether so much is held that fetching has to pause.</summary>
    public bool IsFull => _held.Count >= options.BufferMessages || _bytes >= options.BufferBytes;

    /// <summary>Whether so little is held that fetching may go on.</summary>
    public bool HasRoom => _held.Count <= options.BufferMessages / 2 && _bytes <= options.BufferBytes / 2;

    /// <summary>Whether a read from an offset goes on where the last one was.</summary>
    public bool Covers(long offset) => IsAssigned && offset >= Start && offset <= Next;

    /// <summary>Begins anew at an offset.</summary>
    public void Begin(long offset)
    {
        _held.Clear();
        (Start, _bytes, GapEnd, IsAssigned, IsPaused, IsOutOfRange) = (offset, 0, -1, true, false, false);
    }

    /// <summary>Takes a message that has come.</summary>
    /// <returns>False where something is missing before it, so that it has to be fetched again from <see cref="Next"/>.</returns>
    public bool Accept(StoredMessage message, DateTimeOffset now)
    {
        if (!IsAssigned || message.Offset < Next || GapEnd >= 0) return true;
        if (message.Offset > Next) return SawGap(message.Offset);
        _held.AddLast(message);
        _bytes += message.Body.Length;
        Received = now;
        _gapSeen = 0;
        if (_waiting is not null && (Next >= _target || IsFull)) Wake();
        return true;
    }

    /// <summary>Forgets what is before an offset; it is covered.</summary>
    public void Pass(long offset)
    {
        for (; Start < offset; Start++)
        {
            _bytes -= _held.First!.Value.Body.Length;
            _held.RemoveFirst();
        }
    }

    /// <summary>The first of what is held.</summary>
    /// <param name="messages">At most so many.</param>
    /// <param name="bytes">No more are added once so many bytes are reached; one is returned where there is one.</param>
    public IReadOnlyList<StoredMessage> Take(int messages, int bytes)
    {
        var taken = new List<StoredMessage>(Math.Min(messages, _held.Count));
        var size = 0L;
        for (var at = _held.First; at is not null && taken.Count < messages && (size < bytes || taken.Count == 0); at = at.Next)
        {
            taken.Add(at.Value);
            size += at.Value.Body.Length;
        }

        return taken;
    }

    /// <summary>Completes when everything below an offset is held, when no more is fetched, or when it begins anew.</summary>
    public Task Until(long target)
    {
        if (!IsAssigned || Next >= target || IsFull || GapEnd >= 0) return Task.CompletedTask;
        if (_waiting is null || target < _target) _target = target;
        _waiting ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        return _waiting.Task;
    }

    /// <summary>Lets whoever waits look again.</summary>
    public void Wake()
    {
        _waiting?.TrySetResult();
        _waiting = null;
    }

    private bool SawGap(long offset)
    {
        (_gapSeen, _gapAt) = (_gapAt == offset ? _gapSeen + 1 : 1, offset);
        if (_gapSeen < GapConfirmations) return false;
        GapEnd = offset;
        Wake();
        return true;
    }
}
