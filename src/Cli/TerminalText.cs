using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Correlation.Cli;

/// <summary>Makes text from signals harmless in a terminal.</summary>
internal static partial class TerminalText
{
    private const int LengthMax = 2_000;

    /// <summary>Without escape sequences, control and direction characters; line ends become spaces; bounded.</summary>
    public static string Clean(string text)
    {
        if (text.Length > LengthMax) text = text[..LengthMax] + "…";
        var plain = new StringBuilder(text.Length);
        foreach (var rune in EscapeSequence().Replace(text, "").EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (rune.Value is '\n' or '\t' or '\r') plain.Append(' ');
            else if (category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate)) plain.Append(rune.ToString());
        }

        return plain.ToString();
    }

    /// <summary>Clean, and with nothing that is markup to the table writer.</summary>
    public static string Markup(string text) => Spectre.Console.Markup.Escape(Clean(text));

    // CSI, OSC (up to its end or the text's) and two-character sequences.
    [GeneratedRegex(@"\x1b\][^\x07\x1b]*(\x07|\x1b\\|$)|(\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[@-Z\\-_]", RegexOptions.None,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex EscapeSequence();
}
