using Correlation.Signals;

namespace Correlation.Simulation.Tests;

/// <summary>A message with the signals that are decoded from it.</summary>
internal sealed record SimMessage(Message Message, Signal[] Signals);

/// <summary>The stream: partitions that can be recreated (a new epoch from offset 0) and that lose what is too old.</summary>
internal sealed class SimStream(SimWorkload workload, int partitions, int messagesEach)
{
    private readonly List<Partition> _partitions =
        [.. workload.Draw(1, partitions, messagesEach).Select(drawn => new Partition(drawn))];

    public int Partitions => _partitions.Count;

    /// <summary>The log time of the newest message there is: what a reader at the end is told.</summary>
    public DateTimeOffset Newest => _partitions.Max(partition => partition.Messages[^1].Message.LogTime);

    /// <summary>How many messages there ever were, of all epochs.</summary>
    public long Ever { get; private set; } = partitions * messagesEach;

    /// <summary>How many messages were lost before anybody read them.</summary>
    public long Lost { get; private set; }

    public long First(int partition) => _partitions[partition].First;

    public long End(int partition) => _partitions[partition].Messages.Count;

    public int Epoch(int partition) => _partitions[partition].Epoch;

    public DateTimeOffset? LogTimeAt(int partition, long offset) =>
        offset >= First(partition) && offset < End(partition)
            ? _partitions[partition].Messages[(int)offset].Message.LogTime
            : null;

    public List<SimMessage> Read(int partition, long from, int most)
    {
        var found = _partitions[partition].Messages.Skip((int)from).Take(most).ToList();
        if (found.Count > 0) _partitions[partition].Seen = Math.Max(_partitions[partition].Seen, from + found.Count);
        return found;
    }

    /// <summary>Every message that must have its effect: all but those that were lost unread.</summary>
    public IEnumerable<SimMessage> All() =>
        _partitions.SelectMany(partition => partition.Former.Concat(partition.Messages.Skip((int)partition.First)));

    /// <summary>Deletes a partition whose messages are all checkpointed and begins it anew with other ones.</summary>
    public void Recreate(int partition)
    {
        var old = _partitions[partition];
        var drawn = workload.Draw(old.Epoch + 1, 1, messagesEach, partition)[0];
        _partitions[partition] = new Partition(drawn)
        {
            Epoch = old.Epoch + 1, Former = [.. old.Former, .. old.Messages.Skip((int)old.First)],
        };
        Ever += drawn.Count;
    }

    /// <summary>Retention overtakes the readers: messages that nobody has seen are gone.</summary>
    public void Overrun(int partition, int messages)
    {
        var at = _partitions[partition];
        var unseen = Math.Max(at.Seen, at.First);
        var first = Math.Min(unseen + messages, at.Messages.Count - 1);
        if (first <= unseen) return;
        Lost += first - unseen;
        at.Former.AddRange(at.Messages.Take((int)unseen).Skip((int)at.First));
        at.First = first;
    }

    /// <summary>Whether everything that was ever handed out lies below an offset.</summary>
    public bool IsUnseenFrom(int partition, long offset) => _partitions[partition].Seen <= offset && offset < End(partition);

    private sealed class Partition(List<SimMessage> messages)
    {
        public List<SimMessage> Messages { get; } = messages;

        /// <summary>What must have had its effect although it can be read no more.</summary>
        public List<SimMessage> Former { get; init; } = [];

        public int Epoch { get; init; } = 1;

        public long First { get; set; }

        /// <summary>One above the highest offset that a reader was ever given.</summary>
        public long Seen { get; set; }
    }
}
