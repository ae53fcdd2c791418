using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace Correlation.Cli.Tests;

public sealed class ParkingCommandTests : IAsyncLifetime
{
    private const string Vm = "/subscriptions/s1/resourcegroups/rg/providers/microsoft.compute/virtualmachines/vm1";

    private const string Page = $$"""
        {"items":[{"resource":"{{Vm}}","customer":"acme","waiting":7,"oldest":"2026-03-02T11:51:00Z",
        "newest":"2026-03-02T11:59:00Z","reason":"TimeoutException\u001b[31m","tries":4,"nextTry":"2026-03-02T12:08:00Z"},
        {"resource":"printer","customer":"acme","waiting":1,"tries":0,"nextTry":null}],"next":"Mg"}
        """;

    private readonly CannedServer _server = new();
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    private string Output => _out.ToString();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Parked_lists_resources_whole_with_how_many_wait_and_when_they_are_tried_again()
    {
        _server.On("/api/v1/parked", Page);

        Assert.Equal(ExitCode.Ok, await Run("parked", "--customer", "acme", "--limit", "2"));

        Assert.Equal("/api/v1/parked?customer=acme&limit=2", _server.Requests.Single().PathAndQuery);
        foreach (var shown in (string[])[Vm, "2026-03-02 12:08:00", "now", "TimeoutException", "--cursor Mg"])
            Assert.Contains(shown, Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', Output);
    }

    [Fact]
    public async Task Parked_prints_the_answer_as_it_came_for_programs()
    {
        _server.On("/api/v1/parked", Page);

        Assert.Equal(ExitCode.Ok, await Run("parked", "--json"));

        Assert.Equal(Page + Environment.NewLine, Output);
    }

    [Theory]
    [InlineData("redrive", """{"redriven":3}""", "Resources tried now: 3.", "all True", "--all")]
    [InlineData("redrive", """{"redriven":1}""", "Resources tried now: 1.", "resource /a/b|all False", "/a/b")]
    [InlineData("discard", """{"discarded":7}""", "Signals discarded: 7.", "resource /a/b|most ", "/a/b")]
    [InlineData("discard", """{"discarded":2}""", "Signals discarded: 2.",
        "resource bare|customer acme|most 2", "bare", "--customer", "acme", "--most", "2")]
    public async Task A_command_posts_what_it_is_about_and_says_what_was_done(
        string word, string answer, string told, string asked, params string[] rest)
    {
        _server.On($"/api/v1/parked/{word}", answer);

        Assert.Equal(ExitCode.Ok, await Run([word, .. rest]));

        Assert.Contains(told, Output, StringComparison.Ordinal);
        var request = _server.Requests.Single();
        Assert.Equal(("POST", "application/json"), (request.Method, request.ContentType));
        var body = JsonDocument.Parse(request.Body).RootElement;
        foreach (var (name, value) in asked.Split('|').Select(pair => pair.Split(' ')).Select(pair => (pair[0], pair[1])))
            Assert.Equal(value, body.GetProperty(name).ToString());
    }

    [Theory]
    [InlineData("redrive")]
    [InlineData("redrive", "/a/b", "--all")]
    [InlineData("discard")]
    public async Task A_command_that_does_not_say_what_it_is_about_ends_with_usage(params string[] args)
    {
        Assert.Equal(ExitCode.Usage, await Run(args));
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task A_resource_without_parked_signals_ends_with_not_found()
    {
        _server.On(
            "/api/v1/parked/discard", """{"title":"Not Found","detail":"There is no such resource with parked signals."}""", 404);

        Assert.Equal(ExitCode.NotFound, await Run("discard", "/a/b"));

        Assert.Contains("no such resource", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ledger_shows_the_books_of_parking()
    {
        _server.On(
            "/api/v1/ledger",
            """{"partitions":[],"customers":[],"parking":{"parked":5,"waiting":2,"late":0,"transition":3},"balanced":true}""");

        Assert.Equal(ExitCode.Ok, await Run("ledger"));

        Assert.Contains("Parked signals: parked 5, waiting 2, transition 3.", Output, StringComparison.Ordinal);
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
