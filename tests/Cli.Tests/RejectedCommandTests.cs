using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace Correlation.Cli.Tests;

public sealed class RejectedCommandTests : IAsyncLifetime
{
    private static readonly string Page = $$"""
        {"items":[{"position":"live:1:0:4:1.0","reason":"notJson","detail":"NotJson: cut","understood":false,
        "logTime":"2026-03-02T12:00:00Z","payloadBytes":9,"payload":"{{Convert.ToBase64String("[\u001b[31mx"u8)}}"},
        {"position":"live:1:1:2:0.0","reason":"noTime","detail":"","understood":true,"logTime":"2026-03-02T12:01:00Z",
        "payloadBytes":1,"payload":"eA=="}],"next":"Mg"}
        """;

    private readonly CannedServer _server = new();
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    private string Output => _out.ToString();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Rejected_lists_positions_whole_with_why_and_harmless_text()
    {
        _server.On("/api/v1/rejected", Page);

        Assert.Equal(ExitCode.Ok, await Run("rejected", "--stream", "live", "--partition", "1", "--since", "2026-03-02"));

        Assert.Equal(
            "/api/v1/rejected?stream=live&partition=1&since=2026-03-02&limit=50", _server.Requests.Single().PathAndQuery);
        foreach (var shown in (string[])["live:1:0:4:1.0", "NotJson: cut", "understood", "2026-03-02 12:00:00", "--cursor Mg"])
            Assert.Contains(shown, Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', Output);
    }

    [Theory]
    [InlineData("true", "Taken in again, in the stream redriven.")]
    [InlineData("false", "It was taken in again before; nothing was done.")]
    public async Task A_rejected_record_is_taken_in_again_by_its_position(string redriven, string told)
    {
        _server.On("/api/v1/rejected/redrive", $$"""{"redriven":{{redriven}},"stream":"redriven"}""");

        Assert.Equal(ExitCode.Ok, await Run("redrive-rejected", "live:1:0:4:1.0"));

        Assert.Contains(told, Output, StringComparison.Ordinal);
        var body = JsonDocument.Parse(_server.Requests.Single().Body).RootElement;
        Assert.Equal("live:1:0:4:1.0", body.GetProperty("position").GetString());
    }

    private Task<int> Run(params string[] args)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(_out),
                Interactive = InteractionSupport.No,
        });
        console.Profile.Width = 300;
        return CommandLine.RunAsync([.. args, "--url", _server.Url], new CliHost(
            console, _out, _error, () => new MemoryStream(Encoding.UTF8.GetBytes("")), _ => null, TimeProvider.System));
    }
}
