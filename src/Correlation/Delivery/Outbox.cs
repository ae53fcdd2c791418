namespace Correlation.Delivery;

/// <summary>Effects that are stored with the state that caused them and sent after that, until they are acknowledged.</summary>
/// <typeparam name="T">What is sent. Sending it twice, or after a newer one of the same key, must be harmless.</typeparam>
/// <remarks>An entry put under a key takes the place of the one that waits under it. Invariants: numbers ascend; an entry is due,
/// and may be acknowledged, only once a stored row holds it.</remarks>
[GenerateSerializer, Alias("outbox`1")]
public sealed class Outbox<T>
{
    [Id(0)] private readonly List<OutboxEntry<T>> _entries = [];
    [Id(1)] private long _last;
    [NonSerialized] private long _stored;

    /// <summary>The entries that are not acknowledged, oldest first.</summary>
    public IReadOnlyList<OutboxEntry<T>> Pending => _entries;

    /// <summary>The entries that a stored row holds, oldest first: they may be sent.</summary>
    public IEnumerable<OutboxEntry<T>> Due => _entries.Where(entry => entry.Number <= _stored);

    /// <summary>The number of the newest entry that was ever put; 0 before the first.</summary>
    public long Last => _last;

    /// <summary>The number of the oldest entry that is not acknowledged;
    /// one above <see cref="Last"/> where there is none.</summary>
    public long Oldest => _entries.Count > 0 ? _entries[0].Number : _last + 1;

    /// <summary>Puts an entry.</summary>
    /// <param name="key">What it is about.</param>
    /// <param name="item">What is sent.</param>
    /// <param name="replace">Makes, of the entry that waits under the key and the new one, the one that is sent in the place of
    /// both: what only the waiting one says must not be lost.</param>
    public void Put(string key, T item, Func<T, T, T> replace)
    {
        var waiting = _entries.FindIndex(entry => entry.Key == key);
        if (waiting >= 0)
        {
            item = replace(_entries[waiting].Item, item);
            _entries.RemoveAt(waiting);
        }

        _entries.Add(new OutboxEntry<T>(++_last, key, item));
    }

    /// <summary>Says that the outbox was read from its row, which holds all of it.</summary>
    /// <exception cref="DeliveryInvariantException">Its numbers do not ascend.</exception>
    public void Loaded()
    {
        var before = 0L;
        foreach (var entry in _entries)
        {
            if (entry.Number <= before || entry.Number > _last)
                throw new DeliveryInvariantException($"Entry {entry.Number} follows {before} in an outbox that ends at {_last}.");
            before = entry.Number;
        }

        _stored = _last;
    }

    /// <summary>Says that a stored row holds the entries up to a number.</summary>
    /// <exception cref="DeliveryInvariantException">That entry was never put.</exception>
    public void Stored(long newest)
    {
        if (newest > _last) throw new DeliveryInvariantException($"Entry {newest} is stored; the newest is {_last}.");
        _stored = Math.Max(_stored, newest);
    }

    /// <summary>Removes entries that were acknowledged; one that was replaced meanwhile stays, under its new number.</summary>
    /// <exception cref="DeliveryInvariantException">No stored row holds one of them: it was sent too early.</exception>
    public void Acknowledge(IReadOnlyCollection<long> numbers)
    {
        foreach (var number in numbers)
        {
            if (number > _stored)
                throw new DeliveryInvariantException($"Entry {number} is acknowledged; {_stored} is the newest that is stored.");
        }

        _entries.RemoveAll(entry => numbers.Contains(entry.Number));
    }
}

/// <summary>One entry of an outbox.</summary>
/// <param name="Number">Rises with every entry of this outbox.</param>
/// <param name="Key">What it is about: a newer entry of the same key replaces it.</param>
/// <param name="Item">What is sent.</param>
[GenerateSerializer, Immutable, Alias("outbox-entry`1")]
public sealed record OutboxEntry<T>([property: Id(0)] long Number, [property: Id(1)] string Key, [property: Id(2)] T Item);
