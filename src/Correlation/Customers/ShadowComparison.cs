using System.Collections.Immutable;
using Correlation.Grouping;

namespace Correlation.Customers;

/// <summary>Compares the live incidents of some symptoms with those that a grouping in shadow would make of them. Pure.</summary>
/// <param name="at">The log time at which it is looked at.</param>
/// <param name="versionAt">The version of customers.json in force at a time.</param>
internal sealed class ShadowComparison(DateTimeOffset at, Func<DateTimeOffset, int> versionAt)
{
    /// <summary>The counts, and what would be otherwise, newest first.</summary>
    /// <param name="live">The live incidents, each with its symptoms.</param>
    /// <param name="shadow">The symptoms of each incident that there would have been.</param>
    public (ShadowTotals Totals, IReadOnlyList<ShadowVerdict> Verdicts) Of(
        IReadOnlyList<IReadOnlyList<TrackedSymptom>> live, IReadOnlyList<IReadOnlyList<TrackedSymptom>> shadow)
    {
        var matching = new GroupMatching<string>([.. live.Select(IdsOf)], [.. shadow.Select(IdsOf)]);
        var verdicts = new List<ShadowVerdict>();
        for (var i = 0; i < live.Count; i++)
        {
            var shares = matching.OfA(i);
            var outcome = OutcomeOf(matching.FateOfA(i));
            var parts = shares.Select(share => shadow[share.Other]).ToList();
            verdicts.Add(Verdict(outcome, live[i], parts) with
            {
                Incident = live[i][0].Incident,
                Symptoms = live[i].Count,
                With =
                [
                    .. shares.SelectMany(share => matching.OfB(share.Other)).Select(share => share.Other)
                        .Where(other => other != i).Distinct().Take(ShadowVerdict.MostIncidents)
                        .Select(other => live[other][0].Incident!),
                ],
            });
        }

        for (var i = 0; i < shadow.Count; i++)
        {
            if (matching.FateOfB(i) == GroupFate.None) verdicts.Add(Verdict(ShadowOutcome.Gained, shadow[i], [shadow[i]]));
        }

        return (Counted(verdicts, live, shadow),
        [
            .. verdicts.Where(one => one.Outcome != ShadowOutcome.Same).OrderByDescending(one => one.Started)
                .ThenBy(one => one.Incident, StringComparer.Ordinal),
        ]);
    }

    private static ShadowOutcome OutcomeOf(GroupFate fate) => fate switch
    {
        GroupFate.Equal => ShadowOutcome.Same,
        GroupFate.Changed => ShadowOutcome.Changed,
        GroupFate.Several => ShadowOutcome.Split,
        GroupFate.OneOfSeveral => ShadowOutcome.Merged,
        _ => ShadowOutcome.Lost,
    };

    private static ShadowTotals Counted(
        List<ShadowVerdict> verdicts, IReadOnlyList<IReadOnlyList<TrackedSymptom>> live,
        IReadOnlyList<IReadOnlyList<TrackedSymptom>> shadow)
    {
        var counts = verdicts.CountBy(one => one.Outcome).ToDictionary(pair => pair.Key, pair => pair.Value);
        return new ShadowTotals
        {
            Same = counts.GetValueOrDefault(ShadowOutcome.Same),
            Changed = counts.GetValueOrDefault(ShadowOutcome.Changed),
            Merged = counts.GetValueOrDefault(ShadowOutcome.Merged),
            Split = counts.GetValueOrDefault(ShadowOutcome.Split),
            Lost = counts.GetValueOrDefault(ShadowOutcome.Lost),
            Gained = counts.GetValueOrDefault(ShadowOutcome.Gained),
            Incidents = live.Count,
            IncidentsInShadow = shadow.Count,
            Signals = live.Sum(SignalsOf),
            SignalsInShadow = shadow.Sum(SignalsOf),
        };
    }

    private ShadowVerdict Verdict(
        ShadowOutcome outcome, IReadOnlyList<TrackedSymptom> symptoms, IReadOnlyList<IReadOnlyList<TrackedSymptom>> parts)
    {
        var shown = new List<ShadowIncident>();
        var room = ShadowVerdict.MostMembers;
        foreach (var part in parts.Take(outcome == ShadowOutcome.Same ? 0 : ShadowVerdict.MostParts))
        {
            shown.Add(Shown(part, room));
            room -= shown[^1].Members.Length;
        }

        return new ShadowVerdict
        {
            Outcome = outcome,
            At = at,
            Configuration = versionAt(symptoms.Max(one => one.Symptom.Start)),
            Started = symptoms.Min(one => one.Symptom.Start),
            Ended = EndOf(symptoms),
            Parts = parts.Count,
            Shadow = [.. shown],
        };
    }

    private static ShadowIncident Shown(IReadOnlyList<TrackedSymptom> symptoms, int members) => new(
        symptoms.Min(one => one.Symptom.Start), EndOf(symptoms), symptoms.Count, SignalsOf(symptoms),
        [
            .. symptoms.OrderBy(one => one.Symptom.Start).ThenBy(one => one.Symptom.Id, StringComparer.Ordinal).Take(members)
                .Select(one => new ShadowMember(
                    one.Symptom.Id, one.Symptom.Resource, Cut(one.Symptom.Title), one.Symptom.Start, one.Symptom.End,
                    one.Incident)),
        ]);

    private static string Cut(string title) =>
        title.Length > ShadowVerdict.TitleLength ? title[..ShadowVerdict.TitleLength] : title;

    private static DateTimeOffset? EndOf(IReadOnlyList<TrackedSymptom> symptoms) =>
        symptoms.Any(one => one.Symptom.IsOpen) ? null : symptoms.Max(one => one.Symptom.End);

    private static long SignalsOf(IReadOnlyList<TrackedSymptom> symptoms) => symptoms.Sum(one => (long)one.Symptom.SignalCount);

    private static IEnumerable<string> IdsOf(IReadOnlyList<TrackedSymptom> symptoms) => symptoms.Select(one => one.Symptom.Id);
}
