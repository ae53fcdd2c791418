using System.Net;
using System.Net.Sockets;
using System.Text;
using Correlation.Grains.Remediation;
using Correlation.Remediation;

namespace Correlation.Grains.Tests.Remediation;

public sealed class HttpActionSenderTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly HttpActionSender _sender = new();

    public HttpActionSenderTests() => _listener.Start();

    private Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/hook?token=s3cret");

    public void Dispose()
    {
        _sender.Dispose();
        _listener.Dispose();
    }

    [Theory]
    [InlineData("202 Accepted", AnswerKind.Done)]
    [InlineData("302 Found\r\nLocation: /elsewhere", AnswerKind.Refused)]
    [InlineData("404 Not Found", AnswerKind.Refused)]
    [InlineData("500 Internal Server Error", AnswerKind.Refused)]
    [InlineData("503 Service Unavailable", AnswerKind.NotDone)]
    [InlineData("504 Gateway Timeout", AnswerKind.Unknown)]
    public async Task The_receivers_status_says_what_is_known(string status, AnswerKind expected)
    {
        var served = AnswerAsync($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        var answer = await SendAsync(TimeSpan.FromMinutes(1));

        Assert.Equal((expected, $"HTTP {status[..3]}"), (answer.Kind, answer.Text));
        var request = await served;
        Assert.Contains("Idempotency-Key: key-1", request, StringComparison.Ordinal);
        Assert.Contains("POST /hook?token=s3cret", request, StringComparison.Ordinal);
        Assert.EndsWith("""{"run":"contoso.r1"}""", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_breaks_off_leaves_the_outcome_unknown_and_shows_no_address()
    {
        var served = AnswerAsync("");

        var answer = await SendAsync(TimeSpan.FromMinutes(1));

        await served;
        Assert.Equal(AnswerKind.Unknown, answer.Kind);
        Assert.DoesNotContain("s3cret", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_answer_in_time_leaves_the_outcome_unknown()
    {
        var answer = await SendAsync(TimeSpan.FromMilliseconds(1));

        Assert.Equal((AnswerKind.Unknown, "no answer in time"), (answer.Kind, answer.Text));
    }

    [Fact]
    public async Task Where_nobody_listens_it_was_certainly_not_done()
    {
        var address = Address;
        _listener.Stop();

        var answer = await _sender.SendAsync(Call(TimeSpan.FromMinutes(1)), address, TestContext.Current.CancellationToken);

        Assert.Equal(AnswerKind.NotDone, answer.Kind);
    }

    private static ActionCall Call(TimeSpan timeout) =>
        new("contoso.r1", 1, "rule", "key-1", timeout, Encoding.UTF8.GetBytes("""{"run":"contoso.r1"}"""));

    private Task<ActionAnswer> SendAsync(TimeSpan timeout) =>
        _sender.SendAsync(Call(timeout), Address, TestContext.Current.CancellationToken);

    private async Task<string> AnswerAsync(string answer)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var buffer = new byte[4096];
        var request = "";
        while (!request.EndsWith('}')) request += Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer));
        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
        return request;
    }
}
