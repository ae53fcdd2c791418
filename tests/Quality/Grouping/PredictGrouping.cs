using Correlation.Replay;
using Correlation.Signals;

namespace Correlation.Quality.Grouping;

/// <summary>Groups alerts: hosts are resources, types are conditions that nothing says the end of. The label is not
/// read.</summary>
internal static class PredictGrouping
{
    /// <summary>The identical alerts of a row that are fed one by one; more say nothing more.</summary>
    private const int MostIdentical = 1000;

    public static IReadOnlyDictionary<string, object> Run(Arguments arguments)
    {
        var files = arguments.Files(2);
        using var input = File.OpenText(files[0]);
        using var output = new StreamWriter(files[1]) { NewLine = "\n" };
        return Run(input, output);
    }

    public static IReadOnlyDictionary<string, object> Run(TextReader input, TextWriter output)
    {
        var signals = new PlainSignals("network");
        var rows = Csv.Read(input, "id", "time", "host", "type", "n").Select(row => new Row(
            row[0], Times.OfEpoch(Csv.Number(row[1])), row[2], row[3], Math.Clamp(Csv.Whole(row[4]), 1, MostIdentical))).ToList();
        var engine = new ReplayEngine(signals.Setup([]));
        var rowOf = new Dictionary<long, int>();
        foreach (var (index, row) in rows.Index().OrderBy(pair => pair.Item.At))
        {
            var condition = new PlainCondition(ConditionKind.StatelessAlert, "type:" + row.Type);
            for (var i = 0; i < row.Count; i++)
            {
                var signal = signals.Make(row.At, row.Host, condition, SignalRole.Pulse);
                rowOf[signal.Message.Offset] = index;
                engine.Feed(signal);
            }
        }

        var result = engine.Finish();
        var clusters = ClustersOf(result, rowOf, rows.Count);
        output.WriteLine("id,cluster");
        for (var i = 0; i < rows.Count; i++) output.WriteLine($"{rows[i].Id},{clusters[i] ?? "row" + i}");
        return new Dictionary<string, object>
        {
            ["rows"] = rows.Count,
            ["signals"] = result.Signals.Signals,
            ["incidents"] = result.Incidents.Length,
            ["alone"] = result.Alone.Length,
            ["clusters"] = clusters.Distinct().Count(),
        };
    }

    /// <summary>The incident of each row, or the symptom that is alone.</summary>
    private static string?[] ClustersOf(ReplayResult result, Dictionary<long, int> rowOf, int rows)
    {
        var clusters = new string?[rows];
        foreach (var incident in result.Incidents)
        {
            foreach (var symptom in incident.Members) Mark(symptom, incident.Id);
        }

        foreach (var (_, symptom) in result.Alone) Mark(symptom, symptom.Symptom.Id);
        return clusters;

        void Mark(ReplayedSymptom symptom, string cluster)
        {
            foreach (var signal in symptom.Signals) clusters[rowOf[signal.Position.Offset]] = cluster;
        }
    }

    private sealed record Row(string Id, DateTimeOffset At, string Host, string Type, int Count);
}
