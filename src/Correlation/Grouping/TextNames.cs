using System.Collections.Immutable;
using Correlation.Resources;

namespace Correlation.Grouping;

/// <summary>The names that the text of a symptom holds: words that look like what people call one thing.</summary>
/// <remarks>The text is hostile: it is only cut into words and compared; they are bounded in length and number.</remarks>
internal static class TextNames
{
    /// <summary>The most names that are taken of one text, the first ones.</summary>
    private const int Most = 12;

    private const int Shortest = 6;
    private const int Longest = 80;
    private const int TextMost = 2048;

    /// <summary>The names in a symptom's title and text, in order; its own resource's and rule's are left out, for they are in
    /// the text of all that the rule says.</summary>
    public static ImmutableArray<string> Of(Symptom symptom)
    {
        if (symptom.Title.Length == 0 && symptom.Text is null) return [];
        SortedSet<string>? found = null;
        Collect(symptom.Title, symptom, ref found);
        Collect(symptom.Text, symptom, ref found);
        return found is null ? [] : [.. found];
    }

    /// <summary>Whether a word may be the name of one thing: letters with a digit or with two dashes or dots; no number or
    /// time.</summary>
    public static bool IsName(ReadOnlySpan<char> word)
    {
        if (word.Length is < Shortest or > Longest) return false;
        var (letters, digits, dashes) = (0, 0, 0);
        foreach (var c in word)
        {
            if (char.IsAsciiLetter(c)) letters++;
            else if (char.IsAsciiDigit(c)) digits++;
            else dashes++;
        }

        return letters > 1 && (digits > 0 || dashes > 1) && !char.IsAsciiDigit(word[0]);
    }

    /// <summary>What joins the texts of two: one names the other's resource, or both name one thing. Null for nothing.</summary>
    public static string? Shared(Node a, Node b)
    {
        if (a.Words.IsEmpty && b.Words.IsEmpty) return null;
        if (Holds(a.Words, b.Place.Name)) return b.Place.Name;
        if (Holds(b.Words, a.Place.Name)) return a.Place.Name;
        foreach (var word in a.Words)
        {
            if (Holds(b.Words, word)) return word;
        }

        return null;
    }

    private static bool Holds(ImmutableArray<string> words, string word) => words.BinarySearch(word, StringComparer.Ordinal) >= 0;

    private static void Collect(string? text, Symptom symptom, ref SortedSet<string>? found)
    {
        if (text is null) return;
        var rest = text.AsSpan(0, Math.Min(text.Length, TextMost));
        while (!rest.IsEmpty)
        {
            var length = 0;
            while (length < rest.Length && IsPart(rest[length])) length++;
            var word = rest[..length].Trim("-._");
            if (IsName(word)) Take(word.ToString().ToLowerInvariant(), symptom, ref found);
            rest = rest[Math.Min(length + 1, rest.Length)..];
        }
    }

    private static void Take(string word, Symptom symptom, ref SortedSet<string>? found)
    {
        if (found?.Count >= Most) return;
        if (symptom.Resource.Canonical.Contains(word, StringComparison.Ordinal)) return;
        if (symptom.Condition.Key.Contains(word, StringComparison.Ordinal)) return;
        (found ??= new SortedSet<string>(StringComparer.Ordinal)).Add(word);
    }

    private static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';
}
