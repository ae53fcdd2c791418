using System.Net;
using System.Text.Json;

namespace Correlation.Cli;

/// <summary>The gateway, with errors as exit codes.</summary>
internal sealed class Api(HttpClient client, CliHost host)
{
    private const int AttemptsMax = 8;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Reads a resource.</summary>
    public Task<string> GetAsync(string path, CancellationToken cancel) =>
        RetryAsync(() => new HttpRequestMessage(HttpMethod.Get, path), retryBusy: false, cancel);

    /// <summary>Reads a resource; waits and tries again while the server is too busy.</summary>
    public Task<string> GetPatientlyAsync(string path, CancellationToken cancel) =>
        RetryAsync(() => new HttpRequestMessage(HttpMethod.Get, path), retryBusy: true, cancel);

    /// <summary>Posts bytes; waits and tries again while the server is too busy.</summary>
    public Task<string> PostAsync(string path, byte[] body, string mediaType, CancellationToken cancel) => RetryAsync(
        () =>
        {
            var content = new ByteArrayContent(body);
            content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue(mediaType);
            return new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        },
        retryBusy: true,
        cancel);

    private async Task<string> RetryAsync(Func<HttpRequestMessage> make, bool retryBusy, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = make();
            using var response = await SendAsync(request, cancel);
            var isBusy = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;
            if (isBusy && retryBusy && attempt < AttemptsMax)
            {
                await Task.Delay(WaitOf(response, attempt), host.Time, cancel);
                continue;
            }

            var body = await response.Content.ReadAsStringAsync(cancel);
            return response.IsSuccessStatusCode ? body : throw ErrorOf(response.StatusCode, body);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            return await client.SendAsync(request, cancel);
        }
        catch (HttpRequestException error)
        {
            throw new CliException(ExitCode.Unreachable,
                $"{client.BaseAddress} cannot be reached ({error.HttpRequestError}). Is it running?");
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new CliException(ExitCode.Unreachable,
                $"{client.BaseAddress} did not answer in {client.Timeout.TotalSeconds:0} s.");
        }
    }

    private static TimeSpan WaitOf(HttpResponseMessage response, int attempt)
    {
        var wait = response.Headers.RetryAfter?.Delta ?? TimeSpan.FromMilliseconds(250 * Math.Pow(2, attempt - 1));
        return wait < LongestWait ? wait : LongestWait;
    }

    private static CliException ErrorOf(HttpStatusCode status, string body)
    {
        var text = TerminalText.Clean(DetailOf(body));
        var code = (int)status switch
        {
            404 => ExitCode.NotFound,
            400 or 413 or 415 or 422 => ExitCode.Usage,
            429 or 503 => ExitCode.Unreachable,
            >= 400 and < 500 => ExitCode.Refused,
            _ => ExitCode.ServerError,
        };
        return new CliException(code, text.Length > 0 ? $"HTTP {(int)status}: {text}" : $"HTTP {(int)status}");
    }

    /// <summary>What a problem-details body says; empty where it is none.</summary>
    private static string DetailOf(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var title = Json.Text(json.RootElement, "title");
            var detail = Json.Text(json.RootElement, "detail");
            return detail.Length == 0 ? title : $"{title} {detail}".Trim();
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
