using System.Globalization;
using Correlation.Customers;
using Correlation.Grouping;
using Correlation.Resources;

namespace Correlation.Incidents;

/// <summary>Says why a change is, or is not, among the likely causes of an incident or of symptoms.</summary>
internal sealed class ChangeExplainer(CustomerSetup setup, CustomerState state)
{
    /// <summary>Weighs a change against the incident that a thing is or is in, else against its symptoms.</summary>
    public Explanation Explain(Change change, Thing thing, ExplanationDetail detail)
    {
        var incident = thing.Incident
            ?? (thing.Counting.FirstOrDefault(one => one.Incident is not null)?.Incident is { } id ? state.Incidents[id] : null);
        var symptoms = incident is null ? [.. thing.Counting.Select(one => one.Symptom)] : state.MembersOf(incident);
        var (first, window) = (new Onset(symptoms).At, setup.Options.ChangeWindow);
        var (rule, judged) = ChangeRanking.Explain(change, symptoms, first, state.Changes, setup.Topology, window);
        var ranked = incident is { Sealed: true }
            ? incident.Changes
            : [.. ChangeRanking.Rank(symptoms, first, state.Changes, setup.Topology, window, TextNames.AllOf)
                .Select(weighed => weighed.Ranked())];
        var place = ranked.ToList().FindIndex(one => one.Change.Id == change.Id) + 1;
        if (place > 0) rule = Separation.None;
        else if (rule == Separation.None) rule = Separation.Outranked;
        var of = incident?.Id ?? thing.Title;
        return new Explanation(place > 0, Text(rule, of, place, judged, symptoms), [])
        {
            Detail = detail with
            {
                Rule = rule,
                Threshold = 0,
                Change = judged with { Place = place, Score = place > 0 ? ranked[place - 1].Score : judged.Score },
                Configuration = setup.Topology.At(symptoms.Max(symptom => symptom.Start)).Number,
            },
        };
    }

    private string Text(Separation rule, string of, int place, ChangeJudgement judged, IReadOnlyCollection<Symptom> symptoms)
    {
        var after = judged.Change.At - new Onset(symptoms).At;
        return rule switch
        {
            Separation.None => string.Create(
                CultureInfo.InvariantCulture, $"it is change {place} among the likely causes of {of}, with {judged.Score:0.00}"),
            Separation.TooEarly => $"it is too early: {Minutes(-after)} min before {of} broke out, where a change "
                + $"counts for {Minutes(setup.Options.ChangeWindow)} min",
            Separation.AfterStart => $"it came {Minutes(after)} min after {of} broke out",
            Separation.NoRelation => $"it is on nothing that a symptom of {of} is on, depends on, is part of or names, and "
                + "shares no key with it",
            _ => string.Create(
                CultureInfo.InvariantCulture, $"it comes to {judged.Score:0.00} for {of}, where other changes come to more"),
        };
    }

    private static string Minutes(TimeSpan span) => span.TotalMinutes.ToString("0", CultureInfo.InvariantCulture);
}
