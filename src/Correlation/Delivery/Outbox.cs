namespace Correlation.Delivery;

/// <summary>Effects that are stored with the state that caused them and sent after that, until they are acknowledged.</summary>
/// <typeparam name="T">What is sent. Sending it twice, or after a newer one of the same key, must be harmless.</typeparam>
/// <remarks>An entry put under a key takes the place of the one that waits under it.</remarks>
[GenerateSerializer, Alias("outbox`1")]
public sealed class Outbox<T>
{
    [Id(0)] private readonly List<OutboxEntry<T>> _entries = [];
    [Id(1)] private long _last;

    /// <summary>The entries that are not acknowledged, oldest first.</summary>
    public IReadOnlyList<OutboxEntry<T>> Pending => _entries;

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

    /// <summary>Removes entries that were acknowledged; one that was replaced meanwhile stays, under its new number.</summary>
    public void Acknowledge(IReadOnlyCollection<long> numbers) => _entries.RemoveAll(entry => numbers.Contains(entry.Number));
}

/// <summary>One entry of an outbox.</summary>
/// <param name="Number">Rises with every entry of this outbox.</param>
/// <param name="Key">What it is about: a newer entry of the same key replaces it.</param>
/// <param name="Item">What is sent.</param>
[GenerateSerializer, Immutable, Alias("outbox-entry`1")]
public sealed record OutboxEntry<T>([property: Id(0)] long Number, [property: Id(1)] string Key, [property: Id(2)] T Item);
