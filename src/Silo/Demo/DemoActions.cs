using System.Collections.Concurrent;

namespace Correlation.Silo.Demo;

/// <summary>What the demo's remediation has done: a receiver that honours the idempotency key.</summary>
internal sealed class DemoActions
{
    private const int KeysMax = 1000;

    private readonly ConcurrentDictionary<string, string> _done = new();

    /// <summary>The actions done, by idempotency key.</summary>
    public IReadOnlyDictionary<string, string> Done => _done;

    /// <summary>Does an action, once for each key.</summary>
    /// <returns>False where there is no key, or too many actions were done already.</returns>
    public bool Take(string name, string key)
    {
        if (string.IsNullOrWhiteSpace(key) || _done.Count >= KeysMax) return false;
        _done.TryAdd(key, name);
        return true;
    }
}
