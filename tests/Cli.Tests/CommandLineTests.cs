using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace Correlation.Cli.Tests;

public sealed class CommandLineTests : IAsyncLifetime
{
    private readonly CannedServer _server = new();
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();
    private readonly Dictionary<string, string> _environment = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("cli-tests-").FullName;
    private string _input = "";

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Send_posts_a_payload_whole_and_says_what_became_of_it()
    {
        _server.On("/api/v1/signals", """{"accepted":2,"rejected":[]}""", 202);

        var code = await Run("send", FileOf("a.json", """{"records":[{"a":1},{"a":2}]}"""));

        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("2 accepted, 0 rejected", Output, StringComparison.Ordinal);
        var asked = Assert.Single(_server.Requests);
        Assert.Equal(("POST", "/api/v1/signals", "application/json"), (asked.Method, asked.PathAndQuery, asked.ContentType));
    }

    [Fact]
    public async Task Send_reads_lines_from_what_is_piped_in()
    {
        _server.On("/api/v1/signals", """{"accepted":2,"rejected":[]}""", 202);
        _input = "{\"a\":1}\r\n\n{\"a\":2}\n";

        Assert.Equal(ExitCode.Ok, await Run("send", "-"));

        var asked = Assert.Single(_server.Requests);
        Assert.Equal(("{\"a\":1}\n{\"a\":2}\n", "application/x-ndjson"), (asked.Body, asked.ContentType));
    }

    [Fact]
    public async Task Rejected_records_are_named_and_end_with_refused()
    {
        _server.On("/api/v1/signals", """{"accepted":1,"rejected":[{"index":3,"reason":"noTime\u001b[31m"}]}""", 202);

        Assert.Equal(ExitCode.Refused, await Run("send", FileOf("a.json", "{}")));

        Assert.Contains("record 3 rejected: noTime", _error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', _error.ToString());
    }

    [Fact]
    public async Task A_busy_server_is_asked_again()
    {
        _server.On("/api/v1/signals", "", 429, "0").On("/api/v1/signals", "", 503, "0").On("/api/v1/signals",
            """{"accepted":1}""", 202);

        Assert.Equal(ExitCode.Ok, await Run("send", FileOf("a.json", "{}")));

        Assert.Equal(3, _server.Requests.Count);
    }

    [Fact]
    public async Task Replay_posts_chunks_with_the_index_of_their_first_message_and_the_recorded_times()
    {
        _server.On("/api/v1/replays/night", """{"durable":0,"finished":false}""")
            .On("/api/v1/replays/night", """{"durable":500,"finished":false}""")
            .On("/api/v1/replays/night", """{"durable":501,"finished":false}""")
            .On("/api/v1/replays/night/finish", """{"durable":501,"finished":true}""");
        var lines = Enumerable.Range(0, 501).Select(i => $$$"""{"at":{{{i}}},"body":{"n":{{{i}}}}}""");
        var file = FileOf("night.jsonl", string.Join('\n', lines));

        Assert.Equal(ExitCode.Ok, await Run("replay", file, "--start", "2026-01-01T00:00:00Z"));

        Assert.Equal(
            ["/api/v1/replays/night?first=0", "/api/v1/replays/night?first=0", "/api/v1/replays/night?first=500",
                "/api/v1/replays/night/finish"],
            _server.Requests.Select(r => r.PathAndQuery));
        var last = JsonDocument.Parse(_server.Requests.ElementAt(2).Body).RootElement;
        Assert.Equal("2026-01-01T00:08:20+00:00", last.GetProperty("logTime").GetString());
        Assert.Equal("""{"n":500}""", last.GetProperty("body").GetString());
        Assert.Contains("100 %", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_begun_again_goes_on_after_what_is_durable()
    {
        _server.On("/api/v1/replays/night", """{"durable":2,"finished":false}""")
            .On("/api/v1/replays/night", """{"durable":3,"finished":false}""")
            .On("/api/v1/replays/night/finish", """{"durable":3,"finished":true}""");

        Assert.Equal(ExitCode.Ok, await Run("replay", Night("night.jsonl")));

        Assert.Equal("/api/v1/replays/night?first=2", _server.Requests.ElementAt(1).PathAndQuery);
        Assert.Contains("\"body\":\"c\"", Assert.Single(_server.Requests.ElementAt(1).Body.TrimEnd().Split('\n')),
            StringComparison.Ordinal);
        Assert.Contains("2 messages are there already", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("3 messages replayed as night", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_that_was_finished_before_posts_nothing_and_says_so()
    {
        _server.On("/api/v1/replays/night", """{"durable":null,"finished":true}""")
            .On("/api/v1/replays/night/finish", """{"durable":null,"finished":true}""");

        Assert.Equal(ExitCode.Ok, await Run("replay", Night("night.jsonl")));

        Assert.All(_server.Requests, asked => Assert.Empty(asked.Body));
        Assert.Contains("was replayed before", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_that_is_not_in_order_is_refused_before_anything_is_posted()
    {
        var file = FileOf("bad.jsonl", """
            {"at":"2026-01-01T00:00:01Z","body":"x"}
            {"at":"2026-01-01T00:00:00Z","body":"x"}
            """);

        Assert.Equal(ExitCode.Usage, await Run("replay", file));

        Assert.Empty(_server.Requests);
        Assert.Contains("line 2: its time is before", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_with_a_wrong_line_is_refused_before_anything_is_posted()
    {
        var file = FileOf("bad.jsonl", """
            {"at":"2026-01-01T00:00:00Z","body":"x"}
            {"when":3}
            """);

        Assert.Equal(ExitCode.Usage, await Run("replay", file));

        Assert.Empty(_server.Requests);
        Assert.Contains("line 2", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Incidents_are_a_table_that_a_hostile_title_cannot_break()
    {
        _server.On("/api/v1/incidents", """
            {"items":[{"id":"contoso.1","status":"open","severity":"error","started":"2026-01-02T03:04:05Z","symptomCount":2,
            "cause":"/subscriptions/s/resourcegroups/r/providers/m/t/vm1",
            "title":"[red]x[/] \u001b]0;owned\u0007\u001b[2J\u202edone"}],"next":"n1"}
            """);

        Assert.Equal(ExitCode.Ok, await Run("incidents", "--customer", "con toso"));

        Assert.Contains("[red]x[/] done", Output, StringComparison.Ordinal);
        Assert.Contains("vm1", Output, StringComparison.Ordinal);
        Assert.Contains("2026-01-02 03:04:05", Output, StringComparison.Ordinal);
        Assert.Contains("--cursor n1", Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', Output);
        Assert.Equal("/api/v1/incidents?customer=con%20toso&status=open&limit=50", _server.Requests.Single().PathAndQuery);
    }

    [Fact]
    public async Task Json_is_printed_as_it_came()
    {
        const string body = """{"items":[ ],"next":null, "later":1}""";
        _server.On("/api/v1/problems", body);

        Assert.Equal(ExitCode.Ok, await Run("problems", "--json"));

        Assert.Equal(body, Output.TrimEnd());
    }

    [Fact]
    public async Task An_incident_shows_cause_reasons_members_and_timeline()
    {
        _server
            .On("/api/v1/incidents/contoso.1", """
                {"summary":{"id":"contoso.1","title":"Failover","status":"open"},"why":"opened by alert",
                "causes":[{"resource":"/x/db1","score":0.7,"reasons":["began first"]}],
                "reasons":[{"from":"aaaaaaaaaaaa","to":"bbbbbbbbbbbb","score":1.5,
                "terms":[{"name":"dependsOn","weight":1.5,"input":"app -> db"}]}]}
                """)
            .On("/api/v1/incidents/contoso.1/members",
                """{"items":[{"symptom":{"resource":"/x/app9","condition":"alert:cpu"}}]}""")
            .On("/api/v1/incidents/contoso.1/timeline",
                """{"items":[{"at":"2026-01-02T03:04:05Z","kind":"opened","text":"it began"}]}""");

        Assert.Equal(ExitCode.Ok, await Run("incident", "contoso.1"));

        Assert.All(["db1", "began first", "dependsOn", "app9", "alert:cpu", "it began"], text => Assert.Contains(text, Output,
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_resource_is_asked_for_by_its_id()
    {
        _server.On("/api/v1/resources", """{"resource":"/subscriptions/s","health":"healthy","silo":"S1"}""");

        Assert.Equal(ExitCode.Ok, await Run("resource", "/subscriptions/s"));

        Assert.Equal("/api/v1/resources?id=%2Fsubscriptions%2Fs", _server.Requests.Single().PathAndQuery);
        Assert.Contains("healthy", Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", ExitCode.Ok)]
    [InlineData("false", ExitCode.Unbalanced)]
    public async Task A_ledger_that_does_not_balance_has_an_exit_code_of_its_own(string balanced, int expected)
    {
        _server.On("/api/v1/ledger", $$$"""
            {"partitions":[{"stream":"main","partition":0,"counts":{"messages":3,"late":0}}],"customers":[],
            "balanced":{{{balanced}}}}
            """);

        Assert.Equal(expected, await Run("ledger"));

        Assert.Contains("messages 3", Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, ExitCode.NotFound)]
    [InlineData(400, ExitCode.Usage)]
    [InlineData(401, ExitCode.Refused)]
    [InlineData(409, ExitCode.Refused)]
    [InlineData(500, ExitCode.ServerError)]
    [InlineData(503, ExitCode.Unreachable)]
    public async Task Every_error_has_its_exit_code_and_says_what_the_server_said(int status, int expected)
    {
        _server.On("/api/v1/ledger", """{"title":"Not now.","detail":"Because."}""", status);

        Assert.Equal(expected, await Run("ledger"));

        Assert.Contains($"HTTP {status}: Not now. Because.", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unreachable()
    {
        await _server.DisposeAsync();

        Assert.Equal(ExitCode.Unreachable, await Run("ledger"));
    }

    [Fact]
    public async Task An_answer_that_is_no_json_is_the_servers_error()
    {
        _server.On("/api/v1/ledger", "<html>");

        Assert.Equal(ExitCode.ServerError, await Run("ledger"));
    }

    [Theory]
    [InlineData("incidents", "--status", "broken")]
    [InlineData("send")]
    [InlineData("send", "no-such-file.json")]
    [InlineData("replay", "x.jsonl", "--speed", "0")]
    [InlineData("ledger", "--url", "ftp://x")]
    [InlineData("nonsense")]
    public async Task A_wrong_command_line_ends_with_usage(params string[] args) => Assert.Equal(ExitCode.Usage, await Run(args));

    [Fact]
    public async Task The_api_key_of_the_environment_is_sent_and_never_shown()
    {
        _environment["CORRELATION_API_KEY"] = "s3cret";
        _server.On("/api/v1/ledger", "", 401);

        await Run("ledger");

        Assert.Equal("s3cret", _server.Requests.Single().ApiKey);
        Assert.DoesNotContain("s3cret", Output + _error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_tells_the_exit_codes()
    {
        Assert.Equal(ExitCode.Ok, await Run("--help"));

        Assert.Contains("6 the ledger does not balance", Output, StringComparison.Ordinal);
    }

    private string Output => _out.ToString();

    private string FileOf(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    private string Night(string name) => FileOf(name, """
        {"at":"2026-01-01T00:00:00Z","body":"a"}
        {"at":"2026-01-01T00:00:00Z","body":"b"}
        {"at":"2026-01-01T00:00:01Z","body":"c"}
        """);

    private Task<int> Run(params string[] args)
    {
        _environment.TryAdd("CORRELATION_URL", _server.Url);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(_out),
                Interactive = InteractionSupport.No,
        });
        console.Profile.Width = 300;
        return CommandLine.RunAsync(args, new CliHost(
            console, _out, _error, () => new MemoryStream(Encoding.UTF8.GetBytes(_input)), _environment.GetValueOrDefault,
                TimeProvider.System));
    }
}
