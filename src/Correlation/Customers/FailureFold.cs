using System.Collections.Immutable;
using Correlation.Learning;

namespace Correlation.Customers;

/// <summary>Folds what is remembered of failures.</summary>
internal static class FailureFold
{
    /// <summary>Folds those of <see cref="CustomerSealed"/>: the newest stay, whatever order they come in.</summary>
    public static void Seal(CustomerState state, ImmutableArray<RememberedFailure> failures)
    {
        if (failures.IsDefaultOrEmpty) return;
        var texts = new HashSet<string>(state.Failures.SelectMany(TextsOf), StringComparer.Ordinal);
        state.Failures =
        [
            .. state.Failures.Concat(failures.Select(failure => failure.Sharing(text => Shared(texts, text))))
                .OrderByDescending(failure => failure.Over).ThenBy(failure => failure.FirstSymptom, StringComparer.Ordinal)
                .Take(CustomerLimits.Failures),
        ];
    }

    /// <summary>Brings what operators said of an incident's cause to what is remembered of it, if it is.</summary>
    public static void Told(CustomerState state, string incident)
    {
        if (state.Incidents.GetValueOrDefault(incident) is not { } about) return;
        for (var i = 0; i < state.Failures.Length; i++)
        {
            var failure = state.Failures[i];
            if (failure.Incident != incident || failure.Told.SequenceEqual(about.Told)) continue;
            state.Failures = state.Failures.SetItem(i, failure with { Told = about.Told });
        }
    }

    private static IEnumerable<string> TextsOf(RememberedFailure failure) =>
        failure.Resources.Concat(failure.Clues.SelectMany(clue => new[] { clue.Key, clue.Class }));

    private static string Shared(HashSet<string> texts, string text)
    {
        if (texts.TryGetValue(text, out var known)) return known;
        texts.Add(text);
        return text;
    }
}
