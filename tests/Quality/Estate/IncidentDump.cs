using System.Text.Json;
using Correlation.Estate;
using Correlation.Replay;

namespace Correlation.Quality.Estate;

/// <summary>Writes the incidents of an estate, a line each, with what of the truth they hold: for people who want to see why an
/// incident is there.</summary>
/// <param name="file">The file, which is added to.</param>
internal sealed class IncidentDump(string file)
{
    /// <summary>Writes an estate's incidents.</summary>
    /// <param name="truth">What really happened.</param>
    /// <param name="found">The incidents.</param>
    /// <param name="judged">The same, by the truth's ids of their signals.</param>
    public void Add(Truth truth, IReadOnlyList<ReplayedIncident> found, IReadOnlyList<SignalIncident> judged)
    {
        var owners = truth.Failures.SelectMany(failure => failure.Symptoms.SelectMany(symptom => symptom.ExternalIds)
                .Select(id => (id, failure.Id)))
            .DistinctBy(one => one.id).ToDictionary(one => one.id, one => one.Id, StringComparer.OrdinalIgnoreCase);
        File.AppendAllLines(file, judged.Zip(found).Select(pair => JsonSerializer.Serialize(
            Written(truth, pair.Second, [.. pair.First.Members.Select(owners.GetValueOrDefault).OfType<string>().Distinct()]),
            JsonLines.Form)));
    }

    private static WrittenEstateIncident Written(Truth truth, ReplayedIncident incident, IReadOnlyList<string> failures) => new(
        truth.Seed,
        incident.Id,
        Hours(incident.Opened),
        incident.Why,
        failures,
        [.. incident.Members.Select(member => member.Symptom).Select(symptom => new WrittenMember(
            symptom.Id, symptom.Resource.Canonical, $"{symptom.Condition.Kind} {symptom.Condition.Key}",
            symptom.Severity.ToString(), Hours(symptom.Start), Hours(symptom.Known),
            (symptom.End - symptom.Start)?.TotalMinutes, symptom.EndReason.ToString(), symptom.Flaps))],
        [.. incident.Reasons.Select(link => $"{link.From[..6]} {link.To[..6]} {link.Score:0.00}: "
            + string.Join(", ", link.Terms.Select(term => $"{term.Name} {term.Weight:0.00}")))]);

    private static double Hours(DateTimeOffset at) => Math.Round((at - EstateCase.End).TotalHours, 3);
}

/// <summary>An incident as written; times in hours relative to the estate's end, lengths in minutes.</summary>
/// <param name="Seed">The estate's seed.</param>
/// <param name="Id">Its id.</param>
/// <param name="Opened">When it was opened.</param>
/// <param name="Why">Why.</param>
/// <param name="Failures">The failures whose symptoms it holds; none where it is false.</param>
/// <param name="Members">Its symptoms.</param>
/// <param name="Reasons">What joined them.</param>
internal sealed record WrittenEstateIncident(
    ulong Seed, string Id, double Opened, string Why, IReadOnlyList<string> Failures, IReadOnlyList<WrittenMember> Members,
    IReadOnlyList<string> Reasons);

/// <summary>A symptom as written.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Resource">Its resource.</param>
/// <param name="Condition">Its condition.</param>
/// <param name="Severity">Its severity.</param>
/// <param name="Start">When it began.</param>
/// <param name="Known">When it was heard of.</param>
/// <param name="Lasted">How long it lasted; null where it never ended.</param>
/// <param name="Ended">Why it ended.</param>
/// <param name="Flaps">How often it came back.</param>
internal sealed record WrittenMember(
    string Id, string Resource, string Condition, string Severity, double Start, double Known, double? Lasted, string Ended,
    int Flaps);
