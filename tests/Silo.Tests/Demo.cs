using System.Text.Json;
using Correlation.Estate;

namespace Correlation.Silo.Tests;

/// <summary>What the demo must show, and reading of what it shows.</summary>
internal static class Demo
{
    private static readonly TimeSpan ReplayMax = TimeSpan.FromMinutes(5);

    /// <summary>The ground truth of the bundled estate.</summary>
    public static Truth Truth()
    {
        using var file = File.OpenRead(Path.Combine(SiloProcess.Folder, "Demo", "truth.json.br"));
        return BundleWriter.ReadTruth(file);
    }

    /// <summary>Waits until a number of messages has a durable fate.</summary>
    public static Task ReplayedAsync(SiloProcess silo, long messages) => silo.UntilAsync(
        ReplayMax, $"{messages} messages are checkpointed", async () => await silo.CountAsync("messages") >= messages);

    /// <summary>The incidents with their symptoms, as the judge wants them.</summary>
    public static async Task<List<FoundIncident>> IncidentsAsync(SiloProcess silo, DateTimeOffset end)
    {
        var found = new List<FoundIncident>();
        foreach (var incident in await silo.ListAsync("incidents?status=all&limit=200"))
        {
            var id = incident.GetProperty("id").GetString()!;
            var members = await silo.ListAsync($"incidents/{id}/members?limit=200");
            found.Add(new FoundIncident(id, [.. members.Select(member => Symptom(member.GetProperty("symptom"), end))]));
        }

        return found;
    }

    /// <summary>Every symptom of every incident, and every symptom since a time, in words: equal for two runs that came
    /// to the same.</summary>
    /// <param name="silo">The product.</param>
    /// <param name="since">From when on symptoms in no incident are compared one by one: what is older than a day may be
    /// forgotten. How many there were in all is compared for each customer.</param>
    public static async Task<List<string>> OutcomeAsync(SiloProcess silo, DateTimeOffset since)
    {
        var lines = new List<string>();
        foreach (var incident in await silo.ListAsync("incidents?status=all&limit=200"))
        {
            var members = await silo.ListAsync($"incidents/{incident.GetProperty("id").GetString()}/members?limit=200");
            lines.Add(string.Join(
                " + ", members.Select(member => Line(member.GetProperty("symptom"))).Order(StringComparer.Ordinal)));
        }

        foreach (var customer in (await silo.GetAsync("ledger")).GetProperty("customers").EnumerateArray())
        {
            var key = customer.GetProperty("customer").GetString();
            lines.Add($"{key}: {customer.GetProperty("counts").GetProperty("symptoms")} symptoms");
            var symptoms = (await silo.ListAsync($"customers/{key}/symptoms?limit=500"))
                .Select(tracked => tracked.GetProperty("symptom"));
            lines.AddRange(symptoms.Where(symptom => symptom.GetProperty("start").GetDateTimeOffset() >= since).Select(Line));
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static string Line(JsonElement symptom) =>
        $"{symptom.GetProperty("resource")} {symptom.GetProperty("condition")} "
        + $"{symptom.GetProperty("start")} {symptom.GetProperty("end")} "
        + $"{symptom.GetProperty("endReason")} {symptom.GetProperty("signalCount")}";

    private static FoundSymptom Symptom(JsonElement symptom, DateTimeOffset end)
    {
        var ends = symptom.GetProperty("end");
        return new FoundSymptom(
            symptom.GetProperty("resource").GetString()!,
            symptom.GetProperty("condition").GetString()!,
            (symptom.GetProperty("start").GetDateTimeOffset() - end).TotalSeconds,
            ends.ValueKind == JsonValueKind.Null ? null : (ends.GetDateTimeOffset() - end).TotalSeconds,
            [.. symptom.GetProperty("signals").EnumerateArray()
                .Select(signal => signal.GetProperty("externalId").GetString()).OfType<string>()]);
    }
}
