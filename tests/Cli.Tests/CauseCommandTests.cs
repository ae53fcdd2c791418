using System.Text.Json;
using Spectre.Console;

namespace Correlation.Cli.Tests;

public sealed class CauseCommandTests : IAsyncLifetime
{
    private readonly CannedServer _server = new();
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_cause_is_posted_with_the_version_that_is_shown_now()
    {
        _server.On("/api/v1/incidents/acme.i1", """{"summary":{"id":"acme.i1","version":7}}""")
            .On("/api/v1/incidents/acme.i1/cause", """{"outcome":"done","id":"acme.i1","version":8}""");

        Assert.Equal(ExitCode.Ok, await Run("incidents", "cause", "acme.i1", "--resource", "/x/vm1", "--actor", "ada"));

        var posted = JsonDocument.Parse(_server.Requests.Single(request => request.Method == "POST").Body).RootElement;
        Assert.Equal((7, "/x/vm1", "ada"), (
            posted.GetProperty("version").GetInt64(), posted.GetProperty("resource").GetString(),
            posted.GetProperty("actor").GetString()));
        Assert.Contains("Noted: the cause of acme.i1.", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_command_between_is_a_conflict_and_no_resource_is_wrong_usage()
    {
        _server.On("/api/v1/incidents/acme.i1", """{"summary":{"version":7}}""")
            .On("/api/v1/incidents/acme.i1/cause", """{"title":"Conflict","detail":"It has changed."}""", 409);

        Assert.Equal(ExitCode.Refused, await Run("incidents", "cause", "acme.i1", "--resource", "/x/vm1"));
        Assert.Contains("It has changed.", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, await Run("incidents", "cause", "acme.i1"));
    }

    private Task<int> Run(params string[] args) => CommandLine.RunAsync([.. args, "--url", _server.Url], new CliHost(
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_out), Interactive = InteractionSupport.No }),
        _out, _error, () => Stream.Null, _ => null, TimeProvider.System));
}
