using Correlation.Estate;
using Correlation.Replay;

namespace Correlation.Quality.Estate;

/// <summary>Plays simulated estates, one for each seed, and judges the incidents by the ground truth.</summary>
internal static class ScoreEstate
{
    public static IReadOnlyDictionary<string, object> Run(Arguments arguments)
    {
        if (arguments.Find("kinds") is not null) return HardScore.Run(arguments);

        var hours = arguments.Number("hours", new EstateOptions().Hours);
        var figures = new EstateFigures();
        long signals = 0;
        foreach (var seed in arguments.Range("seeds"))
        {
            var day = AzureEstate.Generate(new EstateOptions { Seed = (ulong)seed, Hours = hours });
            var result = new EstateCase(day).Play(Judgement.Grouping);
            signals += result.Signals.Signals;
            figures.Add(day.Truth, [.. result.Incidents.Select(Judged)], null);
        }

        return new Dictionary<string, object>(figures.All()) { ["signals"] = signals };
    }

    private static JudgedIncident Judged(ReplayedIncident incident) => new(
        new FoundIncident(incident.Id, [.. incident.Members.Select(member => new FoundSymptom(
            member.Symptom.Resource.Canonical,
            $"{member.Symptom.Condition.Key} {member.Symptom.Title}",
            (member.Symptom.Start - EstateCase.End).TotalSeconds,
            member.Symptom.End is { } end ? (end - EstateCase.End).TotalSeconds : null,
            [.. member.Signals.Select(signal => signal.ExternalId).OfType<string>()]))]),
        [.. incident.Causes.Select(cause => cause.Resource.Canonical)]);
}
