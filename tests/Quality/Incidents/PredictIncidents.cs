using System.Text.Json.Serialization;
using Correlation.Detection;
using Correlation.Replay;
using Correlation.Signals;

namespace Correlation.Quality.Incidents;

/// <summary>Finds the incidents of a day of two microservice systems: services are resources, what is unusual of their metrics
/// is a
/// condition, callers depend on callees. Logs and traces are not read: they exist only around the faults.</summary>
internal static class PredictIncidents
{
    /// <summary>Where the users come in: what the front-end's indicator is about, where the system has no service of that
    /// name.</summary>
    private const string Front = "front";

    /// <summary>From how many times the opening score on an anomaly is an error by itself.</summary>
    private const double ErrorFactor = 4;

    private static readonly string[] Skipped = ["ts", "service"];

    public static IReadOnlyDictionary<string, object> Run(Arguments arguments)
    {
        var files = arguments.Files(2);
        var day = arguments.Text("day");
        var metrics = Path.Combine(files[0], $"metrics_{day}.csv");
        var front = Path.Combine(files[0], $"front_{day}.csv");
        var values = Values(metrics).ToList();
        var services = values.Select(value => value.Service).ToHashSet();
        var edges = Edges(Path.Combine(files[0], "topology.csv"), services, out var system);
        if (File.Exists(front)) values.AddRange(FrontValues(front, FrontOf(services)));
        var result = Detect(values, edges, out var anomalies);
        var lines = result.Incidents.OrderBy(incident => incident.Opened).Select(incident => new IncidentLine(
            system, Times.ToEpoch(incident.Opened), RankingOf(incident))).ToList();
        JsonLines.Write(files[1], lines);
        return new Dictionary<string, object>
        {
            ["values"] = values.Count,
            ["anomalies"] = anomalies,
            ["symptoms"] = result.Symptoms.Values.Sum(ledger => ledger.Symptoms),
            ["incidents"] = lines.Count,
        };
    }

    /// <summary>Plays the values, minute by minute, through a detector for each metric, and the anomalies through the
    /// engine.</summary>
    public static ReplayResult Detect(IEnumerable<Value> values, IEnumerable<(string, string)> edges, out int anomalies)
    {
        anomalies = 0;
        var options = new DetectorOptions();
        var detectors = new Dictionary<(string, string), MetricDetector>();
        var signals = new PlainSignals("system");
        var engine = new ReplayEngine(signals.Setup(edges));
        foreach (var value in values.OrderBy(value => value.Known))
        {
            if (!detectors.TryGetValue((value.Service, value.Metric), out var detector))
                detectors[(value.Service, value.Metric)] = detector = new MetricDetector(options);
            var verdict = detector.Observe(value.Number);
            if (verdict.Step == MetricStep.None) continue;
            var severity = verdict.Score >= ErrorFactor * options.Open ? Severity.Error : Severity.Warning;
            var condition = new PlainCondition(ConditionKind.Alert, "metric:" + value.Metric, severity);
            var opens = verdict.Step == MetricStep.Opened;
            if (opens) anomalies++;
            engine.Feed(signals.Make(
                value.Known, value.At, value.Service, condition, opens ? SignalRole.Open : SignalRole.Close));
        }

        return engine.Finish();
    }

    private static IReadOnlyList<string> RankingOf(ReplayedIncident incident) =>
    [
        .. incident.Causes.Select(cause => cause.Resource)
            .Concat(incident.Members.Select(member => member.Symptom.Resource))
            .Select(resource => resource.Canonical).Where(resource => resource != Front).Distinct(),
    ];

    private static IEnumerable<Value> Values(string file)
    {
        var names = Csv.HeaderOf(file).Except(Skipped).ToArray();
        using var input = File.OpenText(file);
        foreach (var row in Csv.Read(input, [.. Skipped, .. names]))
        {
            for (var i = 0; i < names.Length; i++)
            {
                if (row[i + Skipped.Length].Length > 0)
                    yield return Of(row[0], row[1], names[i], row[i + Skipped.Length]);
            }
        }
    }

    private static IEnumerable<Value> FrontValues(string file, string service)
    {
        var names = Csv.HeaderOf(file).Except(["ts"]).ToArray();
        using var input = File.OpenText(file);
        foreach (var row in Csv.Read(input, ["ts", .. names]))
        {
            for (var i = 0; i < names.Length; i++)
            {
                if (row[i + 1].Length > 0) yield return Of(row[0], service, "front " + names[i], row[i + 1]);
            }
        }
    }

    /// <summary>A value is known at the end of its minute.</summary>
    private static Value Of(string ts, string service, string metric, string number)
    {
        var at = Times.OfEpoch(Csv.Number(ts));
        var minute = new DateTimeOffset(at.UtcTicks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
        return new Value(minute.AddMinutes(1), at, service, metric, Csv.Number(number));
    }

    /// <summary>The edges of the system whose services the metrics are of.</summary>
    private static List<(string, string)> Edges(string file, HashSet<string> services, out string system)
    {
        using var input = File.OpenText(file);
        var all = Csv.Read(input, "system", "caller", "callee").ToList();
        var here = system = all.GroupBy(row => row[0])
            .OrderByDescending(rows => rows.Count(row => services.Contains(row[1]) && services.Contains(row[2])))
            .ThenBy(rows => rows.Key, StringComparer.Ordinal).First().Key;
        return [.. all.Where(row => row[0] == here && ResourceId.TryParse(row[1]) is not null && row[1] != "-")
            .Select(row => (row[1], row[2]))];
    }

    private static string FrontOf(HashSet<string> services) =>
        services.FirstOrDefault(service => service.Contains("frontend", StringComparison.Ordinal)) ?? Front;
}

/// <summary>One value of a metric.</summary>
/// <param name="Known">When it was known.</param>
/// <param name="At">What moment it is of.</param>
/// <param name="Service">The service.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Number">The value.</param>
internal sealed record Value(DateTimeOffset Known, DateTimeOffset At, string Service, string Metric, double Number);

/// <summary>What is written of an incident.</summary>
/// <param name="System">The system.</param>
/// <param name="Time">When it was first reported, in seconds since 1970.</param>
/// <param name="Ranking">The services, the likeliest cause first.</param>
internal sealed record IncidentLine(
    [property: JsonPropertyName("system")] string System,
    [property: JsonPropertyName("time")] double Time,
    [property: JsonPropertyName("ranking")] IReadOnlyList<string> Ranking);
