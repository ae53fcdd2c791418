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
        ReplayMax, $"{messages} messages are checkpointed", async () => await silo.Api.CountAsync("messages") >= messages);

    /// <summary>The incidents with their symptoms, as the judge wants them.</summary>
    public static async Task<List<FoundIncident>> IncidentsAsync(SiloProcess silo, DateTimeOffset end)
    {
        var found = new List<FoundIncident>();
        foreach (var incident in await silo.Api.ListAsync("incidents?status=all&limit=200"))
        {
            var id = incident.GetProperty("id").GetString()!;
            var members = await silo.Api.ListAsync($"incidents/{id}/members?limit=200");
            found.Add(new FoundIncident(id, [.. members.Select(member => Symptom(member.GetProperty("symptom"), end))]));
        }

        return found;
    }

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
