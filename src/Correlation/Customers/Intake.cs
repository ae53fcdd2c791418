using System.Collections.Immutable;
using Correlation.Resources;

namespace Correlation.Customers;

/// <summary>Turns reports into what they change.</summary>
internal static class Intake
{
    /// <summary>What reports change, in rounds: a round holds one report of a condition,
    /// an older one is in an earlier round.</summary>
    /// <returns>The rounds; a report that is not above the last sequence of its condition is in none.</returns>
    public static IEnumerable<IReadOnlyList<(string Key, ConditionReport Report)>> Rounds(IEnumerable<ConditionReport> reports)
    {
        var byKey = reports
            .Select(report => (Key: TrackedCondition.KeyOf(report.Resource, report.Condition), Report: report))
            .GroupBy(pair => pair.Key)
            .Select(group => group.OrderBy(pair => pair.Report.Sequence).DistinctBy(pair => pair.Report.Sequence).ToList())
            .ToList();
        for (var round = 0; byKey.Any(group => group.Count > round); round++)
        {
            yield return [.. byKey.Where(group => group.Count > round).Select(group => group[round])];
        }
    }

    /// <summary>What a report changes; null where it was taken before.</summary>
    public static ConditionTaken? Take(CustomerState state, string key, ConditionReport report, DateTimeOffset forgotten)
    {
        var condition = state.Conditions.GetValueOrDefault(key);
        if (condition is not null && report.Sequence <= condition.Sequence) return null;
        var listed = report.Symptoms.ToDictionary(symptom => symptom.Id);
        var gone = (condition?.Symptoms ?? [])
            .Where(id => !listed.ContainsKey(id) && !IsSettled(state, id, report.Floor))
            .Select(id => new WithdrawnSymptom(id, Successor(state, state.Symptoms[id].Symptom, report)))
            .ToImmutableArray();
        var put = report.Symptoms.Where(symptom => IsNews(state, symptom, forgotten)).ToImmutableArray();
        return new ConditionTaken(key, report.Resource, report.Sequence, report.Deadline, put, gone);
    }

    private static bool IsSettled(CustomerState state, string id, DateTimeOffset floor) =>
        state.Symptoms[id].Symptom.End is { } end && end < floor;

    /// <summary>The new symptom of the same condition that overlaps the one that is gone, the nearest start first.</summary>
    private static string? Successor(CustomerState state, Symptom gone, ConditionReport report) => report.Symptoms
        .Where(symptom => !state.Symptoms.ContainsKey(symptom.Id) && Overlap(symptom, gone))
        .OrderBy(symptom => (symptom.Start - gone.Start).Duration())
        .ThenBy(symptom => symptom.Id, StringComparer.Ordinal)
        .FirstOrDefault()?.Id;

    private static bool Overlap(Symptom a, Symptom b) =>
        a.Start <= (b.End ?? DateTimeOffset.MaxValue) && b.Start <= (a.End ?? DateTimeOffset.MaxValue);

    /// <summary>Whether a symptom says anything new. One that is not known although it ended before what is forgotten was known
    /// once: the resource has not heard yet how far time has come.</summary>
    private static bool IsNews(CustomerState state, Symptom symptom, DateTimeOffset forgotten) =>
        state.Symptoms.TryGetValue(symptom.Id, out var known)
            ? !known.Sealed && !Same(known.Symptom, symptom)
            : symptom.End is not { } end || end >= forgotten;

    private static bool Same(Symptom a, Symptom b) =>
        a.End == b.End && a.ExpectedEnd == b.ExpectedEnd && a.EndReason == b.EndReason && a.Severity == b.Severity
        && a.SignalCount == b.SignalCount
        && a.Flaps == b.Flaps && a.Title == b.Title && a.Text == b.Text && a.Region == b.Region && a.Degraded == b.Degraded
        && a.Kind == b.Kind && a.CauseKeys.SequenceEqual(b.CauseKeys) && a.Linked.SequenceEqual(b.Linked)
        && a.Signals.SequenceEqual(b.Signals);
}
