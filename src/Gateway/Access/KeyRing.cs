using System.Security.Cryptography;
using System.Text;

namespace Correlation.Gateway.Access;

/// <summary>The configured keys. Keys are compared by their hashes in constant time.</summary>
internal sealed class KeyRing(IOptions<GatewayOptions> options)
{
    private readonly (byte[] Hash, Caller Caller)[] keys =
        [.. options.Value.ApiKeys.Select(k => (Hash(k.Key), Caller.Of(k)))];

    /// <summary>Whether there is none, so that everybody at this machine is let in.</summary>
    public bool IsEmpty => keys.Length == 0;

    /// <summary>Who shows this key; null for nobody.</summary>
    public Caller? Find(string key)
    {
        var hash = Hash(key);
        Caller? found = null;
        foreach (var (known, caller) in keys)
            if (CryptographicOperations.FixedTimeEquals(hash, known)) found = caller;
        return found;
    }

    /// <summary>Who is called so; null for nobody, for example after the key was taken away.</summary>
    public Caller? Named(string name) => keys.FirstOrDefault(k => k.Caller.Name == name).Caller;

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
