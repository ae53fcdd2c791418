using System.Text.Json.Serialization;
using Correlation.Customers;
using Correlation.Detection;
using Correlation.Grouping;
using Correlation.Replay;
using Correlation.Signals;

namespace Correlation.Quality.Incidents;

/// <summary>Finds the incidents of a day of two microservice systems: services are resources, what is unusual of their
/// metrics is a condition, callers depend on callees. Logs and traces are not read: they exist only around the faults.</summary>
internal static class PredictIncidents
{
    /// <summary>Where the users come in: what the front-end's indicator is about.</summary>
    private const string Front = "front";

    private static readonly string[] Skipped = ["ts", "service"];

    /// <summary>What the source measures in per cent (CpuUsageRate(%), MemoryUsageRate(%), of the node too, and the share of
    /// requests that succeed), as the definition of an Azure metric would say.</summary>
    private static readonly string[] Percentages = ["cpu", "mem", "node_cpu", "success_rate"];

    public static IReadOnlyDictionary<string, object> Run(Arguments arguments)
    {
        var files = arguments.Files(2);
        var day = arguments.Text("day");
        var metrics = Path.Combine(files[0], $"metrics_{day}.csv");
        var front = Path.Combine(files[0], $"front_{day}.csv");
        var values = Values(metrics).ToList();
        var services = values.Select(value => value.Service).ToHashSet();
        var edges = Edges(Path.Combine(files[0], "topology.csv"), services, out var system);
        if (File.Exists(front)) values.AddRange(FrontValues(front));
        var found = Detect(values, edges);
        var lines = found.Result.Incidents.OrderBy(incident => incident.Opened).Select(incident => new IncidentLine(
            system, Times.ToEpoch(incident.Opened), RankingOf(incident, found))).ToList();
        JsonLines.Write(files[1], lines);
        return new Dictionary<string, object>
        {
            ["values"] = values.Count,
            ["anomalies"] = found.Anomalies,
            ["outbreaks"] = found.Outbreaks.Count,
            ["symptoms"] = found.Result.Symptoms.Values.Sum(ledger => ledger.Symptoms),
            ["incidents"] = lines.Count,
        };
    }

    /// <summary>Plays the values, minute by minute, through the detector, and the anomalies that count through the
    /// engine.</summary>
    public static Found Detect(IEnumerable<Value> values, IReadOnlyCollection<(string From, string To)> edges)
    {
        var detector = new MetricDetector(new DetectorSettings());
        var topology = new Topology(edges.Select(edge => new DependencyEdge(edge.From, edge.To)));
        var signals = new PlainSignals("system");
        var engine = new ReplayEngine(signals.Setup(edges));
        var outbreaks = new Dictionary<string, Outbreak>();
        var anomalies = 0;
        foreach (var minute in values.GroupBy(value => value.Known).OrderBy(group => group.Key))
        {
            var at = minute.Key.AddMinutes(-1);
            var verdict = detector.Observe(at, minute.Select(value => value.Sample), topology);
            if (verdict.Outbreak is { } opened) outbreaks[opened.CauseKey] = opened;
            anomalies += verdict.Steps.Count(step => step.Change == AnomalyChange.Opened);
            foreach (var step in verdict.Steps) engine.Feed(SignalOf(step, signals, minute.Key, at));
        }

        return new Found(engine.Finish(), outbreaks, anomalies, topology);
    }

    private static Signal SignalOf(AnomalyStep step, PlainSignals signals, DateTimeOffset known, DateTimeOffset at)
    {
        var series = step.Anomaly.Series;
        var severity = step.Opens ? Severity.Error : Severity.Informational;
        var condition = new PlainCondition(ConditionKind.Alert, "metric:" + series.Metric, severity)
        {
            CauseKeys = [step.Outbreak.CauseKey],
        };
        var role = step.Change == AnomalyChange.Closed ? SignalRole.Close : SignalRole.Open;
        return signals.Make(known, at, series.Resource.Display, condition, role);
    }

    /// <summary>What was off when its first outbreak opened, then the engine's causes and the other members.</summary>
    private static IReadOnlyList<string> RankingOf(ReplayedIncident incident, Found found)
    {
        var first = incident.Members.SelectMany(member => member.Symptom.CauseKeys)
            .Select(key => found.Outbreaks.GetValueOrDefault(key)).OfType<Outbreak>().MinBy(outbreak => outbreak.Opened);
        var causes = first is null ? [] : AnomalyCauses.Rank(first.Surprises, found.Topology, new DetectorSettings());
        return
        [
            .. causes.Select(cause => cause.Resource).Concat(incident.Causes.Select(cause => cause.Resource))
                .Concat(incident.Members.Select(member => member.Symptom.Resource))
                .Select(resource => resource.Canonical).Where(resource => resource != Front).Distinct(),
        ];
    }

    private static IEnumerable<Value> Values(string file)
    {
        var names = Csv.HeaderOf(file).Except(Skipped).ToArray();
        using var input = File.OpenText(file);
        foreach (var row in Csv.Read(input, [.. Skipped, .. names]))
        {
            for (var i = 0; i < names.Length; i++)
            {
                if (row[i + Skipped.Length].Length > 0)
                    yield return Of(row[0], row[i + Skipped.Length], row[1], names[i]);
            }
        }
    }

    private static IEnumerable<Value> FrontValues(string file)
    {
        var names = Csv.HeaderOf(file).Except(["ts"]).ToArray();
        using var input = File.OpenText(file);
        foreach (var row in Csv.Read(input, ["ts", .. names]))
        {
            for (var i = 0; i < names.Length; i++)
            {
                if (row[i + 1].Length > 0)
                    yield return Of(row[0], row[i + 1], Front, names[i], true);
            }
        }
    }

    /// <summary>A value is known at the end of its minute.</summary>
    private static Value Of(string ts, string number, string service, string metric, bool indicator = false)
    {
        var unit = Percentages.Contains(metric) ? MetricUnit.Percent : MetricUnit.Open;
        var at = Times.OfEpoch(Csv.Number(ts));
        var minute = new DateTimeOffset(at.UtcTicks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
        var series = new MetricSeries(ResourceId.Parse(service), metric, unit, indicator);
        return new Value(minute.AddMinutes(1), new MetricSample(series, Csv.Number(number)));
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
}

/// <summary>One value of a metric.</summary>
/// <param name="Known">When it was known: at the end of its minute.</param>
/// <param name="Sample">The value.</param>
internal sealed record Value(DateTimeOffset Known, MetricSample Sample)
{
    public string Service => Sample.Series.Resource.Display;
}

/// <summary>What came out of a day.</summary>
/// <param name="Result">The engine's answer.</param>
/// <param name="Outbreaks">The outbreaks by cause key.</param>
/// <param name="Anomalies">How many anomalies became symptoms.</param>
/// <param name="Topology">What depended on what.</param>
internal sealed record Found(
    ReplayResult Result, IReadOnlyDictionary<string, Outbreak> Outbreaks, int Anomalies, Topology Topology);

/// <summary>What is written of an incident.</summary>
/// <param name="System">The system.</param>
/// <param name="Time">When it was first reported, in seconds since 1970.</param>
/// <param name="Ranking">The services, the likeliest cause first.</param>
internal sealed record IncidentLine(
    [property: JsonPropertyName("system")] string System,
    [property: JsonPropertyName("time")] double Time,
    [property: JsonPropertyName("ranking")] IReadOnlyList<string> Ranking);
