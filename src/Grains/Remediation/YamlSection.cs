using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Correlation.Grains.Remediation;

/// <summary>A mapping of a YAML file that is read key by key; what is wrong or not understood is noted with its line.</summary>
internal sealed class YamlSection(YamlMappingNode node, List<string> errors)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>The line that it begins in.</summary>
    public long Line => node.Start.Line;

    /// <summary>The scalar of a key; null where it is absent.</summary>
    public string? Text(string key, bool required = false)
    {
        if (Find(key) is not { } found)
        {
            if (required) Error(Line, $"'{key}' is missing");
            return null;
        }

        if (found is YamlScalarNode { Value: { Length: > 0 and <= 1000 } value }) return value;
        Error(found.Start.Line, $"'{key}' must be a text of 1 to 1000 characters");
        return null;
    }

    /// <summary>The mapping of a key; null where it is absent.</summary>
    public YamlSection? Section(string key, bool required = false)
    {
        var found = Find(key);
        if (found is YamlMappingNode mapping) return new YamlSection(mapping, errors);
        if (found is not null) Error(found.Start.Line, $"'{key}' must be a mapping");
        else if (required) Error(Line, $"'{key}' is missing");
        return null;
    }

    /// <summary>The nodes of a key's list; none where it is absent.</summary>
    public IReadOnlyList<YamlNode> List(string key)
    {
        var found = Find(key);
        if (found is YamlSequenceNode list) return [.. list.Children];
        if (found is not null) Error(found.Start.Line, $"'{key}' must be a list");
        return [];
    }

    /// <summary>The keys and scalars of this mapping, in order.</summary>
    public IEnumerable<(string Key, string Value, long Line)> Pairs()
    {
        foreach (var (key, value) in node.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            _read.Add(name);
            yield return (name, (value as YamlScalarNode)?.Value ?? "", key.Start.Line);
        }
    }

    /// <summary>The value of an enumeration by its name, case apart.</summary>
    public T Choice<T>(string key, T absent)
        where T : struct, Enum
    {
        if (Text(key) is not { } text) return absent;
        if (!char.IsAsciiDigit(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value)) return value;
        Error(LineOf(key), $"'{key}' must be one of {string.Join(", ", Enum.GetNames<T>())}");
        return absent;
    }

    /// <summary>True or false.</summary>
    public bool? Flag(string key)
    {
        if (Text(key) is not { } text) return null;
        if (bool.TryParse(text, out var value)) return value;
        Error(LineOf(key), $"'{key}' must be true or false");
        return null;
    }

    /// <summary>A whole number within bounds.</summary>
    public int Number(string key, int absent, int min, int max)
    {
        if (Text(key) is not { } text) return absent;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min
            && value <= max) return value;
        Error(LineOf(key), $"'{key}' must be a whole number from {min} to {max}");
        return absent;
    }

    /// <summary>A duration such as <c>30s</c>, <c>15m</c>, <c>2h</c> or <c>1d</c>, within bounds.</summary>
    public TimeSpan Duration(string key, TimeSpan absent, TimeSpan max)
    {
        if (Text(key) is not { } text) return absent;
        var unit = text[^1] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => TimeSpan.Zero,
        };
        if (unit > TimeSpan.Zero && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count > 0 && count <= max / unit) return count * unit;
        Error(LineOf(key), $"'{key}' must be a duration such as 30s, 15m, 2h or 1d, at most {max}");
        return absent;
    }

    /// <summary>Notes every key that was not asked for: a misspelt one would be ignored silently otherwise.</summary>
    public void RefuseOthers()
    {
        var known = string.Join(", ", _read.Order(StringComparer.Ordinal));
        foreach (var key in node.Children.Keys.OfType<YamlScalarNode>().Where(key => !_read.Contains(key.Value ?? "")))
            Error(key.Start.Line, $"'{key.Value}' is not known here; known are {known}");
    }

    /// <summary>Notes an error.</summary>
    public void Error(long line, string message) => errors.Add($"line {line}: {message}");

    /// <summary>The line of a key's value; the section's own where it is absent.</summary>
    public long LineOf(string key) => Find(key)?.Start.Line ?? Line;

    private YamlNode? Find(string key)
    {
        _read.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var found) ? found : null;
    }
}
