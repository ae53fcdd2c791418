using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Correlation.Silo.Demo;

namespace Correlation.LoadTests.Chaos;

/// <summary>Sends a recording through the gateway, at a pace; what is not acknowledged is sent again, and stored
/// once.</summary>
internal sealed class Feed(HttpClient gateway, ChaosEstate estate)
{
    private const int MessagesPerCall = 200;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private long _retries;

    /// <summary>How many messages the gateway has acknowledged.</summary>
    public int Sent { get; private set; }

    /// <summary>How often a call failed and was made again.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>Sends the first messages of the recording.</summary>
    /// <param name="messages">How many.</param>
    /// <param name="rate">Messages a second; 0 for as fast as they are taken.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task SendAsync(int messages, double rate, CancellationToken cancel)
    {
        var begun = Stopwatch.GetTimestamp();
        while (Sent < messages)
        {
            var due = rate <= 0 ? messages : Math.Min(messages, (int)(Stopwatch.GetElapsedTime(begun).TotalSeconds * rate));
            if (due <= Sent) await Task.Delay(Beat, cancel);
            else await SendAsync(estate.Messages.Skip(Sent).Take(Math.Min(due - Sent, MessagesPerCall)), cancel);
        }
    }

    /// <summary>Ends the recording, so that time goes on.</summary>
    public Task FinishAsync(CancellationToken cancel) => TryAsync(() => Call("finish", null), cancel);

    private async Task SendAsync(IEnumerable<BundledMessage> messages, CancellationToken cancel)
    {
        var lines = messages.Select(message => JsonSerializer.Serialize(
            new { logTime = estate.End + message.At, body = Encoding.UTF8.GetString(message.Body) }, Plain));
        var body = string.Join('\n', lines);
        var answer = await TryAsync(() => Call($"?first={Sent}", new StringContent(body, Encoding.UTF8)), cancel);
        Sent = (int)answer.GetProperty("durable").GetInt64();
    }

    private Task<HttpResponseMessage> Call(string path, HttpContent? body) => gateway.PostAsync(
        $"api/v1/replays/{ChaosEstate.Recording}{(path.StartsWith('?') ? path : '/' + path)}", body);

    private async Task<JsonElement> TryAsync(Func<Task<HttpResponseMessage>> call, CancellationToken cancel)
    {
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                using var answer = await call();
                if (answer.IsSuccessStatusCode) return await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
                if ((int)answer.StatusCode is >= 400 and < 500)
                    throw new InvalidOperationException($"The gateway refused: {await answer.Content.ReadAsStringAsync(cancel)}");
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
            {
                // Not answered: it may be stored all the same, and is told apart by its ordinal.
            }

            Interlocked.Increment(ref _retries);
            await Task.Delay(Beat, cancel);
        }
    }
}
