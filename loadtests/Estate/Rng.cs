namespace Correlation.Estate;

/// <summary>xoshiro256** seeded by SplitMix64: the same numbers on every machine and in every version of .NET.</summary>
internal sealed class Rng
{
    private ulong s0, s1, s2, s3;
    private readonly ulong seed;

    public Rng(ulong seed)
    {
        this.seed = seed;
        s0 = SplitMix(ref seed);
        s1 = SplitMix(ref seed);
        s2 = SplitMix(ref seed);
        s3 = SplitMix(ref seed);
    }

    /// <summary>A generator of its own for a named part, so that one part's draws never move another's.</summary>
    public Rng Fork(string part)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in part) { hash = (hash ^ c) * 1099511628211UL; }
        return new Rng(seed ^ hash);
    }

    public ulong Next()
    {
        var result = ulong.RotateLeft(s1 * 5, 7) * 9;
        var t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = ulong.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>From 0 to below 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From <paramref name="low"/> to below <paramref name="high"/>.</summary>
    public double Between(double low, double high) => low + (Unit() * (high - low));

    /// <summary>From 0 to below <paramref name="count"/>.</summary>
    public int Below(int count) => (int)(((UInt128)Next() * (uint)count) >> 64);

    public bool Chance(double share) => Unit() < share;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>A version 4 GUID as text.</summary>
    public string Guid()
    {
        var high = (Next() & ~0xF000UL) | 0x4000UL;
        var low = (Next() & ~(3UL << 62)) | (1UL << 63);
        return $"{high >> 32:x8}-{(high >> 16) & 0xFFFF:x4}-{high & 0xFFFF:x4}-{low >> 48:x4}-{low & 0xFFFFFFFFFFFF:x12}";
    }

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
