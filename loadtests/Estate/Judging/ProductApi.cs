using System.Text.Json;

namespace Correlation.Estate;

/// <summary>Reads of the product's API, as a program outside makes them.</summary>
/// <param name="http">Where the product listens.</param>
public sealed class ProductApi(HttpClient http)
{
    /// <summary>The answer to a read.</summary>
    /// <param name="path">The path behind <c>/api/v1/</c>.</param>
    /// <exception cref="HttpRequestException">It was not answered, or with an error.</exception>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var document = JsonDocument.Parse(await http.GetStringAsync($"api/v1/{path}"));
        return document.RootElement.Clone();
    }

    /// <summary>Every item of a list, page by page.</summary>
    public async Task<List<JsonElement>> ListAsync(string path)
    {
        var items = new List<JsonElement>();
        string? next = null;
        do
        {
            var page = await GetAsync(
                next is null ? path : $"{path}{(path.Contains('?') ? '&' : '?')}cursor={Uri.EscapeDataString(next)}");
            items.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);
        return items;
    }

    /// <summary>The sum of one count over the partitions' ledgers, as of their checkpoints.</summary>
    /// <param name="count">The count.</param>
    /// <param name="stream">Of which stream; null for all.</param>
    public async Task<long> CountAsync(string count, string? stream = null) =>
        (await GetAsync("ledger")).GetProperty("partitions").EnumerateArray()
            .Where(partition => stream is null || partition.GetProperty("stream").GetString() == stream)
            .Sum(partition => partition.GetProperty("counts").GetProperty(count).GetInt64());

    /// <summary>Every incident as its symptoms with its first cause, and every symptom since a time, in words: equal for two
    /// runs that came to the same.</summary>
    /// <param name="since">From when on symptoms in no incident are compared one by one: what is older than a day may be
    /// forgotten. How many there were in all is compared for each customer.</param>
    public async Task<List<string>> OutcomeAsync(DateTimeOffset since)
    {
        var lines = new List<string>();
        foreach (var incident in await ListAsync("incidents?status=all&limit=200"))
        {
            var members = await ListAsync($"incidents/{incident.GetProperty("id").GetString()}/members?limit=200");
            var symptoms = members.Select(member => LineOf(member.GetProperty("symptom"))).Order(StringComparer.Ordinal);
            lines.Add($"incident caused by {incident.GetProperty("cause")}: {string.Join(" + ", symptoms)}");
        }

        foreach (var customer in (await GetAsync("ledger")).GetProperty("customers").EnumerateArray())
        {
            var key = customer.GetProperty("customer").GetString();
            lines.Add($"{key}: {customer.GetProperty("counts").GetProperty("symptoms")} symptoms");
            var symptoms = (await ListAsync($"customers/{key}/symptoms?limit=500"))
                .Select(tracked => tracked.GetProperty("symptom"));
            lines.AddRange(symptoms.Where(symptom => symptom.GetProperty("start").GetDateTimeOffset() >= since).Select(LineOf));
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static string LineOf(JsonElement symptom) =>
        $"{symptom.GetProperty("resource")} {symptom.GetProperty("condition")} "
        + $"{symptom.GetProperty("start")} {symptom.GetProperty("end")} "
        + $"{symptom.GetProperty("endReason")} {symptom.GetProperty("signalCount")}";
}
