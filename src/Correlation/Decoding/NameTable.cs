using System.Text;

namespace Correlation.Decoding;

/// <summary>Finds what a name in JSON stands for, with one comparison as a rule.</summary>
/// <param name="ignoresCase">Whether case does not count.</param>
/// <param name="spellings">The names, ASCII; several may stand for the same.</param>
internal sealed class NameTable<T>(bool ignoresCase, (string Name, T Value)[] spellings)
    where T : struct
{
    private const int Slots = 512;
    private const int Longest = 40;

    private readonly (byte[]? Name, T Value)[] table = Build(spellings);

    /// <summary>What a name stands for; the default for one that is not known.</summary>
    public T Find(ReadOnlySpan<byte> name)
    {
        if (name.Length is < 2 or > Longest) return default;
        for (var slot = Slot(name); table[slot].Name is { } known; slot = (slot + 1) & (Slots - 1))
        {
            if (name.SequenceEqual(known) || (ignoresCase && Ascii.EqualsIgnoreCase(name, known))) return table[slot].Value;
        }

        return default;
    }

    private static int Slot(ReadOnlySpan<byte> name)
    {
        var first = name[0] | 0x20;
        var middle = name[name.Length >> 1] | 0x20;
        var last = name[^2] | 0x20;
        return ((name.Length * 37) ^ (first * 11) ^ (middle * 5) ^ (last << 4)) & (Slots - 1);
    }

    private static (byte[]? Name, T Value)[] Build((string Name, T Value)[] spellings)
    {
        var table = new (byte[]? Name, T Value)[Slots];
        foreach (var (name, value) in spellings)
        {
            var utf8 = Encoding.ASCII.GetBytes(name);
            var slot = Slot(utf8);
            while (table[slot].Name is not null) slot = (slot + 1) & (Slots - 1);
            table[slot] = (utf8, value);
        }

        return table;
    }
}
