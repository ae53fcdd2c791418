namespace Correlation.Storage;

/// <summary>Remembers something for each key, up to a bound: when the younger half is full, the older is forgotten.</summary>
internal sealed class Remembered<T>(int most)
{
    private readonly Lock gate = new();
    private Dictionary<string, T> young = new(StringComparer.Ordinal);
    private Dictionary<string, T> old = new(StringComparer.Ordinal);

    /// <summary>What is remembered for a key; the default (0, null) where nothing is.</summary>
    public T? Find(string key)
    {
        lock (gate)
        {
            if (young.TryGetValue(key, out var value)) return value;
            if (!old.TryGetValue(key, out value)) return default;
            Add(key, value);
            return value;
        }
    }

    /// <summary>Remembers something for a key.</summary>
    public void Remember(string key, T value)
    {
        lock (gate) Add(key, value);
    }

    /// <summary>Forgets a key.</summary>
    public void Forget(string key)
    {
        lock (gate)
        {
            young.Remove(key);
            old.Remove(key);
        }
    }

    private void Add(string key, T value)
    {
        if (young.Count >= most / 2) (old, young) = (young, new Dictionary<string, T>(StringComparer.Ordinal));
        young[key] = value;
    }
}
