using System.Collections.Immutable;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Grouping;

/// <summary>The names that the text of a symptom holds: words that look like what people call one thing.</summary>
/// <remarks>The text is hostile: it is only cut into words and compared; they are bounded in length and number.</remarks>
internal static class TextNames
{
    /// <summary>The most names that are taken of one text, the first ones.</summary>
    private const int Most = 12;

    private const int Shortest = 6;
    private const int ShortestName = 4;
    private const int ShortestHost = 3;
    private const int Longest = 80;
    private const int TextMost = 2048;

    /// <summary>The domains in which Azure gives each resource a host of its name (Learn: domains of Azure services). A storage
    /// account's name has neither dash nor need of a digit.</summary>
    private static readonly string[] Domains =
    [
        ".windows.net", ".azure.com", ".azure.net", ".azurewebsites.net", ".azurecr.io", ".azure-api.net", ".azurefd.net",
        ".azmk8s.io", ".azureedge.net", ".chinacloudapi.cn", ".azure.cn", ".usgovcloudapi.net", ".azure.us",
    ];

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
    /// time, and no type of an exception, which any program may throw.</summary>
    public static bool IsName(ReadOnlySpan<char> word)
    {
        if (word.Length is < Shortest or > Longest) return false;
        if (word.EndsWith("Exception", StringComparison.OrdinalIgnoreCase)) return false;
        var (letters, digits, dashes) = (0, 0, 0);
        foreach (var c in word)
        {
            if (char.IsAsciiLetter(c)) letters++;
            else if (char.IsAsciiDigit(c)) digits++;
            else dashes++;
        }

        return letters > 1 && (digits > 0 || dashes > 1) && !char.IsAsciiDigit(word[0]);
    }

    /// <summary>Whether a resource's name tells it from others where it is the value of a dimension: with a digit or a
    /// dash.</summary>
    private static bool MayBeNamed(string name) => name.Length >= ShortestName && name.AsSpan().ContainsAnyInRange('a', 'z')
        && (name.AsSpan().ContainsAnyInRange('0', '9') || name.AsSpan().ContainsAny('-', '_', '.'));

    /// <summary>What a text or a dimension may call a resource by: its own name and those of what it is part of, the nearest
    /// first.</summary>
    public static ImmutableArray<string> Calling(ResourceId resource) =>
        [.. resource.WithParents().Select(one => one.Name).Prepend(resource.Name).Where(name => name.Length >= ShortestHost)
            .Distinct()];

    /// <summary>What a symptom names in its text and its dimensions.</summary>
    public static IEnumerable<string> AllOf(Symptom symptom) =>
        Of(symptom).Concat(Dimensions.NamesIn(Dimensions.Of(symptom.Condition)));

    /// <summary>The names in a text, lower case, as they come; of a host also its first label. None in a resource's id.</summary>
    public static List<string> In(string text)
    {
        var found = new List<string>();
        if (text.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase)) return found;
        var rest = text.AsSpan(0, Math.Min(text.Length, TextMost));
        while (!rest.IsEmpty)
        {
            var length = 0;
            while (length < rest.Length && IsPart(rest[length])) length++;
            var word = rest[..length].Trim("-._");
            if (IsName(word)) found.Add(word.ToString().ToLowerInvariant());
            if (LabelOf(word) is var label && (IsName(label) || (label.Length >= ShortestHost && IsAzureHost(word))))
                found.Add(label.ToString().ToLowerInvariant());
            rest = rest[Math.Min(length + 1, rest.Length)..];
        }

        return found;
    }

    /// <summary>What joins the texts and dimensions of two: one names the other's resource or what that is part of, or both name
    /// one thing, though not both in dimensions (<see cref="Dimensions.SharedName"/>). Null for nothing.</summary>
    public static string? Shared(Node a, Node b)
    {
        if (a.Words.IsEmpty && b.Words.IsEmpty && a.DimensionNames.IsEmpty && b.DimensionNames.IsEmpty) return null;
        if ((NamedBy(a, b) ?? NamedBy(b, a)) is { } name) return name;
        foreach (var word in a.Words)
        {
            if (Holds(b.Words, word) || Holds(b.DimensionNames, word)) return word;
        }

        foreach (var word in b.Words)
        {
            if (Holds(a.DimensionNames, word)) return word;
        }

        return null;
    }

    /// <summary>The name of the other's resource, or of one that it is part of, that one names.</summary>
    private static string? NamedBy(Node one, Node other)
    {
        foreach (var name in other.Place.Names)
        {
            if (Holds(one.Words, name) || (MayBeNamed(name) && Holds(one.DimensionNames, name))) return name;
        }

        return null;
    }

    private static bool Holds(ImmutableArray<string> words, string word) => words.BinarySearch(word, StringComparer.Ordinal) >= 0;

    private static void Collect(string? text, Symptom symptom, ref SortedSet<string>? found)
    {
        if (text is null) return;
        foreach (var word in In(text))
        {
            if (found?.Count >= Most) return;
            if (symptom.Resource.Canonical.Contains(word, StringComparison.Ordinal)) continue;
            if (symptom.Condition.Key.Contains(word, StringComparison.Ordinal)) continue;
            (found ??= new SortedSet<string>(StringComparer.Ordinal)).Add(word);
        }
    }

    /// <summary>The first label of a host name: Azure calls a resource's host by the resource's name, and a machine's by the
    /// machine's. Empty where a word is no host name.</summary>
    private static ReadOnlySpan<char> LabelOf(ReadOnlySpan<char> word) =>
        word.IndexOf('.') is var at and > 0 && at < word.LastIndexOf('.') ? word[..at] : default;

    private static bool IsAzureHost(ReadOnlySpan<char> word)
    {
        foreach (var domain in Domains)
        {
            if (word.EndsWith(domain, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';
}
