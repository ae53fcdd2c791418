using System.Globalization;
using System.Runtime.CompilerServices;

namespace Correlation.Grouping;

/// <summary>What evidence rests on, in words: made only where somebody wants to read it, for pairs are weighed by the
/// million.</summary>
[InterpolatedStringHandler]
internal ref struct EvidenceText
{
    private DefaultInterpolatedStringHandler _text;

    /// <summary>Begins a text, which is made only where terms are collected and the weight counts.</summary>
    public EvidenceText(int literalLength, int formattedCount, List<Evidence>? terms, double weight, out bool wanted)
    {
        wanted = terms is not null && weight != 0;
        _text = wanted ? new(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
    }

    /// <summary>Appends a constant part.</summary>
    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    /// <summary>Appends a value.</summary>
    public void AppendFormatted<T>(T value, string? format = null) => _text.AppendFormatted(value, format);

    /// <summary>The text; it can be taken once.</summary>
    public string ToText() => _text.ToStringAndClear();
}
