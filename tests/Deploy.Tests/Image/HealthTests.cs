using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Correlation.Deploy.Tests.Image;

/// <summary>deploy/health.sh, which the engine runs in the container.</summary>
public sealed class HealthTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nready", true)]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\n\r\n", false)]
    [InlineData("HTTP/1.1 403 Forbidden\r\n\r\n", false)]
    [InlineData("", false)]
    public async Task The_answer_decides(string answer, bool healthy)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var asked = AnswerAsync(listener, answer);

        var exitCode = await ExitCodeAsync($"http://0.0.0.0:{((IPEndPoint)listener.LocalEndpoint).Port};http://0.0.0.0:1");

        Assert.Equal("GET /readyz HTTP/1.0", await asked);
        Assert.Equal(healthy, exitCode == 0);
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_is_healthy() => Assert.NotEqual(0, await ExitCodeAsync("http://0.0.0.0:1"));

    /// <summary>Runs the script as the engine would.</summary>
    internal static async Task<int> ExitCodeAsync(string addresses) =>
        (await Programs.RunAsync("bash", [Checkout.PathOf("deploy/health.sh")], ("ASPNETCORE_URLS", addresses))).ExitCode;

    private static async Task<string?> AnswerAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var first = await reader.ReadLineAsync();
        while (await reader.ReadLineAsync() is { Length: > 0 })
        {
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        return first;
    }
}
