using Correlation.Estate;
using Correlation.Quality.Recorded;
using Correlation.Replay;
using Correlation.Signals;
using Correlation.Silo.Demo;

namespace Correlation.Quality.Estate;

/// <summary>Plays simulated estates, one for each seed, and judges the incidents by the ground truth.</summary>
internal static class ScoreEstate
{
    /// <summary>When every estate ends.</summary>
    private static readonly DateTimeOffset End = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    public static IReadOnlyDictionary<string, object> Run(Arguments arguments)
    {
        if (arguments.Find("kinds") is not null) return HardScore.Run(arguments);

        var hours = arguments.Number("hours", new EstateOptions().Hours);
        var figures = new EstateFigures();
        long signals = 0;
        foreach (var seed in arguments.Range("seeds"))
        {
            var day = AzureEstate.Generate(new EstateOptions { Seed = (ulong)seed, Hours = hours });
            var result = Play(day);
            signals += result.Signals.Signals;
            figures.Add(day.Truth, [.. result.Incidents.Select(Judged)], null);
        }

        return new Dictionary<string, object>(figures.All()) { ["signals"] = signals };
    }

    /// <summary>Plays an estate's messages with its own customers file.</summary>
    public static ReplayResult Play(EstateDay day) => RecordedSignals.Play(
        new ReplaySetup(PredictSignals.MapsOf(BundleWriter.CustomersJson(day.Truth))).Judging(),
        Messages(day).ToBlockingEnumerable().Select((message, offset) =>
            new RecordedSignals(new Message("estate", 1, 0, offset, End + message.At), message.Body)));

    private static async IAsyncEnumerable<BundledMessage> Messages(EstateDay day)
    {
        using var bundle = new MemoryStream();
        BundleWriter.WriteMessages(day, bundle);
        bundle.Position = 0;
        await foreach (var message in BundleReader.ReadAsync(bundle, End)) yield return message;
    }

    private static JudgedIncident Judged(ReplayedIncident incident) => new(
        new FoundIncident(incident.Id, [.. incident.Members.Select(member => new FoundSymptom(
            member.Symptom.Resource.Canonical,
            $"{member.Symptom.Condition.Key} {member.Symptom.Title}",
            (member.Symptom.Start - End).TotalSeconds,
            member.Symptom.End is { } end ? (end - End).TotalSeconds : null,
            [.. member.Signals.Select(signal => signal.ExternalId).OfType<string>()]))]),
        [.. incident.Causes.Select(cause => cause.Resource.Canonical)]);
}
