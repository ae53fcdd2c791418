using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Correlation.Remediation;

namespace Correlation.Grains.Remediation;

/// <summary>Posts a run's body with its idempotency key; follows no redirect and reads no body.</summary>
internal sealed class HttpActionSender : IActionSender, IDisposable
{
    private const string KeyHeader = "Idempotency-Key";

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxResponseHeadersLength = 16,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <inheritdoc/>
    public async Task<ActionAnswer> SendAsync(ActionCall call, Uri address, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(call.Timeout);
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Headers.Add(KeyHeader, call.IdempotencyKey);
        request.Content = new ByteArrayContent(call.Body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return new ActionAnswer(KindOf(response.StatusCode), $"HTTP {(int)response.StatusCode}");
        }
        catch (OperationCanceledException)
        {
            return new ActionAnswer(AnswerKind.Unknown, cancel.IsCancellationRequested
                ? "stopped while waiting" : "no answer in time");
        }
        catch (HttpRequestException error)
        {
            // The message may name the address; the kind of error does not.
            return NeverReached(error)
                ? new ActionAnswer(AnswerKind.NotDone, $"not reached: {error.HttpRequestError}")
                : new ActionAnswer(AnswerKind.Unknown, $"broken off: {error.HttpRequestError}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static AnswerKind KindOf(HttpStatusCode status) => status switch
    {
        >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => AnswerKind.Done,
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => AnswerKind.NotDone,
        HttpStatusCode.RequestTimeout or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => AnswerKind.Unknown,
        _ => AnswerKind.Refused,
    };

    private static bool NeverReached(HttpRequestException error) =>
        error.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
        || error.InnerException is SocketException { SocketErrorCode:
            SocketError.ConnectionRefused or SocketError.HostUnreachable or SocketError.NetworkUnreachable };
}
