namespace Correlation.Resources;

/// <summary>The dedup keys of signals that may come again: every one whose event time is not below the watermark.</summary>
/// <remarks>Eight bytes a key, in buckets of five minutes of event time, so that forgetting is dropping whole buckets.</remarks>
[GenerateSerializer, Alias("dedup-memory")]
internal sealed class DedupMemory
{
    private const long BucketTicks = 5 * TimeSpan.TicksPerMinute;

    [Id(0)] private readonly SortedList<long, HashSet<ulong>> _buckets = new(1);

    /// <summary>How many keys it holds.</summary>
    [Id(1)] public int Count { get; private set; }

    /// <summary>Whether a key is known.</summary>
    public bool Contains(ulong key, DateTimeOffset eventTime) =>
        _buckets.TryGetValue(BucketOf(eventTime), out var bucket) && bucket.Contains(key);

    /// <summary>Remembers a key.</summary>
    /// <returns>How many of the oldest keys had to go because there would be more than the limit.</returns>
    public int Add(ulong key, DateTimeOffset eventTime, int limit)
    {
        var at = BucketOf(eventTime);
        var evicted = 0;
        while (Count >= limit && _buckets.Count > 0) evicted += DropOldest();
        if (!_buckets.TryGetValue(at, out var bucket)) _buckets.Add(at, bucket = []);
        if (bucket.Add(key)) Count++;
        return evicted;
    }

    /// <summary>Forgets buckets that lie below the watermark as a whole.</summary>
    public void Forget(DateTimeOffset watermark)
    {
        while (_buckets.Count > 0 && (_buckets.Keys[0] + 1) * BucketTicks <= watermark.UtcTicks) DropOldest();
    }

    private int DropOldest()
    {
        var dropped = _buckets.Values[0].Count;
        _buckets.RemoveAt(0);
        Count -= dropped;
        return dropped;
    }

    private static long BucketOf(DateTimeOffset time) => time.UtcTicks / BucketTicks;
}
