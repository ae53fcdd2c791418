namespace Correlation.Storage.Sqlite;

/// <summary>Remembers the numbers of keys, up to a bound: when the younger half is full, the older half is forgotten.</summary>
internal sealed class RowNumbers(int most)
{
    private readonly Lock gate = new();
    private Dictionary<string, long> young = new(StringComparer.Ordinal);
    private Dictionary<string, long> old = new(StringComparer.Ordinal);

    /// <summary>The number of a key; 0 where it is not remembered.</summary>
    public long Find(string key)
    {
        lock (gate)
        {
            if (young.TryGetValue(key, out var number)) return number;
            if (!old.TryGetValue(key, out number)) return 0;
            Add(key, number);
            return number;
        }
    }

    /// <summary>Remembers the number of a stored key.</summary>
    public void Remember(string key, long number)
    {
        lock (gate) Add(key, number);
    }

    private void Add(string key, long number)
    {
        if (young.Count >= most / 2) (old, young) = (young, new Dictionary<string, long>(StringComparer.Ordinal));
        young[key] = number;
    }
}
