using System.Globalization;
using Correlation.Learning;
using Correlation.Replay;
using Correlation.Signals;

namespace Correlation.Quality.Causes;

/// <summary>Learns which type of alarm causes which: devices are resources, types are conditions that open and close. What is
/// learned from are the openings of the symptoms that the engine makes of them.</summary>
internal static class PredictCauses
{
    /// <summary>At each beat a customer looks through all that it keeps, and these are months of alarms, in every eighth minute
    /// one; a beat moves no seal and no symptom.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromHours(6);

    public static IReadOnlyDictionary<string, object> Run(Arguments arguments)
    {
        var files = arguments.Files(2);
        using var input = File.OpenText(files[0]);
        using var output = new StreamWriter(files[1]) { NewLine = "\n" };
        return Run(input, output);
    }

    public static IReadOnlyDictionary<string, object> Run(TextReader input, TextWriter output)
    {
        var signals = new PlainSignals("telecom");
        var engine = new ReplayEngine(signals.Setup([]) with { Beat = Beat });
        var turns = Csv.Read(input, "start", "end", "device", "alarm").SelectMany(Turns).OrderBy(turn => turn.At)
            .ThenBy(turn => turn.Role).ToList();
        foreach (var turn in turns)
        {
            var condition = new PlainCondition(ConditionKind.Alert, "alarm:" + turn.Alarm) { Instance = turn.Instance };
            engine.Feed(signals.Make(turn.At, "device" + turn.Device, condition, turn.Role));
        }

        var result = engine.Finish();
        var members = result.Incidents.SelectMany(incident => incident.Members)
            .Concat(result.Alone.Select(alone => alone.Symptom)).ToList();
        var model = Count(members);
        var learned = CauseLearner.Learn(model);
        output.WriteLine("cause,effect,weight");
        foreach (var one in learned)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{AlarmOf(one.Cause)},{AlarmOf(one.Effect)},{one.Weight}"));
        }

        return new Dictionary<string, object>
        {
            ["alarms"] = turns.Count / 2,
            ["symptoms"] = members.Count,
            ["incidents"] = result.Incidents.Length,
            ["edges"] = learned.Count,
            ["beyond_limits"] = model.BeyondLimits,
        };
    }

    private static CoOccurrence Count(IEnumerable<ReplayedSymptom> symptoms)
    {
        var model = new CoOccurrence(new LearningSettings());
        var openings = from one in symptoms
                       from opened in one.Signals
                       where opened.Role == SignalRole.Open
                       orderby opened.EventTime
                       select (one.Symptom, opened.EventTime);
        foreach (var (symptom, time) in openings)
            model.Observe(ConditionType.Of(symptom), symptom.Resource.Canonical, time);
        return model;
    }

    private static IEnumerable<Turn> Turns(string[] row, int index)
    {
        var (start, end) = (Csv.Number(row[0]), Csv.Number(row[1]));
        yield return new Turn(Times.OfEpoch(start), SignalRole.Open, row[2], row[3], $"a{index}");
        yield return new Turn(Times.OfEpoch(Math.Max(start, end)), SignalRole.Close, row[2], row[3], $"a{index}");
    }

    private static string AlarmOf(string key) => key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private sealed record Turn(DateTimeOffset At, SignalRole Role, string Device, string Alarm, string Instance);
}
