using System.Buffers;
using System.Text;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Grouping;

/// <summary>What an error says whatever it names: its words without names, numbers and times.</summary>
/// <remarks>Of errors of logs and failed operations only: what an alert says its rule says, on all resources. The text is
/// hostile: it is only cut into words and compared, and bounded.</remarks>
internal static class TextShape
{
    /// <summary>With fewer words a text says too little to be told from others.</summary>
    private const int LeastWords = 3;

    private const int LeastLetters = 16;
    private const int MostLetters = 160;
    private const int TextMost = 1024;

    /// <summary>What a symptom's text says; null where it says too little.</summary>
    public static string? Of(Symptom symptom)
    {
        if (symptom.Text is not { } text) return null;
        if (symptom.Condition.Kind is not (ConditionKind.LogError or ConditionKind.FailedOperation)) return null;
        var said = new StringBuilder();
        var words = 0;
        var rest = text.AsSpan(0, Math.Min(text.Length, TextMost));
        while (!rest.IsEmpty)
        {
            rest = rest[Quoted(rest)..];
            var length = rest.IndexOfAny(Between);
            var word = (length < 0 ? rest : rest[..length]).TrimEnd('.');
            rest = length < 0 ? [] : rest[(length + 1)..];
            if (word.Length < 2 || word.IndexOfAnyExcept(Letters) >= 0) continue;
            if (said.Length + word.Length > MostLetters) break;
            foreach (var letter in word) said.Append(char.ToLowerInvariant(letter));
            said.Append(' ');
            words++;
        }

        return words >= LeastWords && said.Length >= LeastLetters ? said.ToString(0, said.Length - 1) : null;
    }

    /// <summary>How long what stands in quotes at the beginning is: it names something.</summary>
    private static int Quoted(ReadOnlySpan<char> text)
    {
        if (text[0] is not ('\'' or '"')) return 0;
        var length = text[1..].IndexOf(text[0]);
        return length < 0 ? 0 : length + 1;
    }

    private static SearchValues<char> Between { get; } = SearchValues.Create(" \t\r\n,;:()[]{}'\"");

    private static SearchValues<char> Letters { get; } =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
}
