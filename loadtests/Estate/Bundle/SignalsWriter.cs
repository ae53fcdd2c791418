using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Correlation.Estate;

/// <summary>Writes an estate as recorded signals with absolute times: what <c>predict signals</c> takes, and the truth
/// beside it.
/// </summary>
public static class SignalsWriter
{
    /// <summary>The signals: a line is <c>{"arrival": epoch seconds, "body": payload}</c>; a payload that is no JSON is a text.
    /// </summary>
    public const string SignalsFile = "SIGNALS.jsonl";

    /// <summary>The failures with the ids of their signals, their causes and changes, and the noise.</summary>
    public const string TruthFile = "TRUTH.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Writes signals, truth and customers into a folder, which is made where it is missing.</summary>
    /// <param name="day">The estate.</param>
    /// <param name="end">When it ends.</param>
    /// <param name="folder">The folder.</param>
    public static void Write(EstateDay day, DateTimeOffset end, string folder)
    {
        Directory.CreateDirectory(folder);
        using (var file = File.Create(Path.Combine(folder, SignalsFile))) { WriteSignals(day, end, file); }

        using (var file = File.Create(Path.Combine(folder, TruthFile))) { WriteTruth(day, end, file); }

        File.WriteAllText(Path.Combine(folder, BundleWriter.CustomersFile), BundleWriter.CustomersJson(day.Truth));
    }

    /// <summary>Writes the signals; the stream stays open.</summary>
    public static void WriteSignals(EstateDay day, DateTimeOffset end, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        foreach (var message in day.Messages)
        {
            var body = TimeToken.Put(message.TokenBody, end);
            var json = IsOneLineOfJson(body) ? body
                : $"\"{JsonEncodedText.Encode(body, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
            var arrival = Epoch(end, message.AtSeconds).ToString("0.###", CultureInfo.InvariantCulture);
            writer.WriteLine($"{{\"arrival\":{arrival},\"body\":{json}}}");
        }
    }

    /// <summary>Writes the truth; the stream stays open. A member has the ids of its signals and, as <c>[line, record]</c> from
    /// 0, their places: a record of a log has no id but the correlation id that is given here.</summary>
    public static void WriteTruth(EstateDay day, DateTimeOffset end, Stream output)
    {
        var truth = day.Truth;
        var places = RecordIds.Of(day).ToLookup(r => r.Value, r => r.Key);
        JsonSerializer.Serialize(output, new
        {
            Version = 1,
            truth.Seed,
            truth.Hours,
            Failures = truth.Failures.Select(f => new
            {
                f.Id,
                f.Customer,
                f.Kind,
                f.MinIncidents,
                Start = Epoch(end, f.Start),
                End = Epoch(end, f.End),
                Cause = f.RootResource,
                AlsoRight = f.AlsoRight ?? [],
                Text = f.Cause,
                Changes = f.Changes.Where(c => c.Role == "cause").Select(c => c.EventDataId),
                Members = f.Symptoms.Select(s => Member(s, end, places)),
            }),
            Noise = truth.Noise.Select(s => Member(s, end, places)),
        }, Options);
    }

    private static object Member(TruthSymptom symptom, DateTimeOffset end, ILookup<string, RecordMark> places) => new
    {
        symptom.Kind,
        symptom.Resource,
        Condition = symptom.RuleOrOperation,
        symptom.Severity,
        Start = Epoch(end, symptom.Start),
        End = Epoch(end, symptom.End),
        Ids = symptom.ExternalIds,
        Records = symptom.ExternalIds.SelectMany(id => places[id]).Select(p => new[] { p.Message, p.Record }),
    };

    private static double Epoch(DateTimeOffset end, double seconds) =>
        Math.Round((end.ToUnixTimeMilliseconds() / 1000.0) + seconds, 3);

    private static bool IsOneLineOfJson(string body)
    {
        if (body.Contains('\n', StringComparison.Ordinal) || !body.StartsWith('{')) { return false; }

        try
        {
            using var _ = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
