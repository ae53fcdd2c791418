using System.Text;

namespace Correlation.Cli;

/// <summary>A path with its query, escaped.</summary>
internal sealed class Query(string path)
{
    private readonly StringBuilder _text = new(path);
    private char _next = '?';

    /// <summary>Adds a parameter; nothing where the value is null or empty.</summary>
    public Query With(string name, string? value)
    {
        if (string.IsNullOrEmpty(value)) return this;
        _text.Append(_next).Append(name).Append('=').Append(Uri.EscapeDataString(value));
        _next = '&';
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
