using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Correlation.LoadTests.Shared;

/// <summary>The product's intake, as a sender sees it.</summary>
internal sealed class Door(Uri address) : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
    private long records;
    private int refused;

    /// <summary>Records that the product has accepted so far.</summary>
    public long Records => Interlocked.Read(ref records);

    /// <summary>How often the product was too busy to take a body; it is then sent again.</summary>
    public int Refused => Volatile.Read(ref refused);

    /// <summary>Sends a body until it is taken; ends when it is durable.</summary>
    public async Task SendAsync(byte[] body)
    {
        using var answer = await http.PostAsync(new Uri("/api/v1/signals", UriKind.Relative), new ByteArrayContent(body));
        if (answer.StatusCode == HttpStatusCode.TooManyRequests)
        {
            Interlocked.Increment(ref refused);
            await Task.Delay(Again);
            await SendAsync(body);
            return;
        }

        answer.EnsureSuccessStatusCode();
        var accepted = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Interlocked.Add(ref records, accepted.GetProperty("accepted").GetInt64());
    }

    /// <summary>Whether a resource's live state names an incident; what an operator who looks it up would see.</summary>
    public async Task<bool> HasIncidentAsync(string resource)
    {
        using var answer = await http.GetAsync(
            new Uri($"/api/v1/resources?id={Uri.EscapeDataString(resource)}", UriKind.Relative));
        if (!answer.IsSuccessStatusCode) return false;
        var view = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return view.GetProperty("incidents").GetArrayLength() > 0;
    }

    public void Dispose() => http.Dispose();
}
