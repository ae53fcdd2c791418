using System.Globalization;
using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace Correlation.Cli.Tests;

/// <summary>A change of the configuration, checked on recorded signals.</summary>
public sealed class BacktestCommandTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly CannedServer _server = new();
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("backtest-tests-").FullName;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task It_shows_the_difference_and_how_far_it_is()
    {
        var code = await Run("--signals", Signals(), "--config", "default", "--config", Strict(), "--labels", Labels());

        Assert.Equal(ExitCode.Ok, code);
        foreach (var shown in (string[])["A: default", "Split: one of A, several of B", "Pairwise F1", "Time to detect, median"])
            Assert.Contains(shown, Output, StringComparison.Ordinal);
        Assert.Contains("A 100 %  4 of 4 messages", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("B 100 %", _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Saved_and_printed_is_the_same_whole_difference_and_the_same_bytes_again()
    {
        var (first, second) = (Path.Combine(_folder, "1.json"), Path.Combine(_folder, "2.json"));
        foreach (var file in (string[])[first, second])
        {
            _out.GetStringBuilder().Clear();
            Assert.Equal(ExitCode.Ok, await Run(
                "--signals", Signals(), "--config", "default", "--config", Strict(), "--labels", Labels(), "--save", file,
                "--json"));
        }

        Assert.Equal(await File.ReadAllBytesAsync(first, Cancel), await File.ReadAllBytesAsync(second, Cancel));
        Assert.Equal(await File.ReadAllTextAsync(first, Cancel), Output);
        var saved = JsonDocument.Parse(Output).RootElement;
        Assert.Equal((1, 2), (Number(saved, "a", "incidents"), Number(saved, "b", "incidents")));
        Assert.Equal((1, 0), (Number(saved, "a", "labels", "recall"), Number(saved, "b", "labels", "recall")));
        Assert.Equal(120, Number(saved, "a", "secondsToDetect", "median"));
        var split = Assert.Single(saved.GetProperty("difference").GetProperty("split").EnumerateArray().ToList());
        Assert.Equal(2, split.GetProperty("parts").GetArrayLength());
        Assert.Equal("sub-s1", split.GetProperty("whole").GetProperty("customer").GetString());
        Assert.All(
            split.GetProperty("parts").EnumerateArray().ToList(),
            part => Assert.Equal(("acme", 2), (part.GetProperty("customer").GetString(), part.GetProperty("shared").GetInt32())));
    }

    [Fact]
    public async Task The_same_configuration_twice_makes_no_difference()
    {
        await Run("--signals", Signals(), "--config", "default", "--config", "default", "--json");

        var difference = JsonDocument.Parse(Output).RootElement.GetProperty("difference");
        Assert.Equal(1, difference.GetProperty("equal").GetInt32());
        foreach (var kind in (string[])["changed", "split", "merged", "lost", "gained", "causesChanged"])
            Assert.Equal(0, difference.GetProperty(kind).GetArrayLength());
    }

    [Fact]
    public async Task Recordings_in_seconds_and_several_files_are_taken_too()
    {
        var (one, two) = (FileOf("1.jsonl", Lines("at", 0, 1)), FileOf("2.jsonl", Lines("at", 2, 3)));
        var start = Start.ToString("O", CultureInfo.InvariantCulture);

        Assert.Equal(ExitCode.Ok, await Run("--signals", two, one, "--start", start, "--config", "default", "default", "--json"));
        var recorded = JsonDocument.Parse(Output).RootElement;
        _out.GetStringBuilder().Clear();
        await Run("--signals", Signals(), "--config", "default", "default", "--json");

        Assert.Equal(recorded.ToString(), JsonDocument.Parse(Output).RootElement.ToString());
    }

    [Fact]
    public async Task An_archived_day_is_played_as_it_is_and_what_was_appended_twice_once()
    {
        string[] day = [.. Enumerable.Range(0, 4).Select(minute => JsonSerializer.Serialize(new
        {
            position = $"live:1:0:{minute}", at = Start.AddMinutes(minute + 2), body = Alert(minute),
        }))];
        var binary = JsonSerializer.Serialize(new { position = "live:1:0:9", at = Start, base64 = new byte[] { 0xff, 0 } });
        var file = FileOf("30.ndjson", string.Join('\n', [.. day[..2], .. day, binary]) + "\n");

        Assert.Equal(ExitCode.Ok, await Run("--signals", file, "--config", "default", "default", "--json"));

        var played = JsonDocument.Parse(Output).RootElement;
        Assert.Equal((5, 1), (Number(played, "a", "messages"), Number(played, "a", "incidents")));
    }

    [Fact]
    public async Task Signals_of_a_running_cluster_are_read_page_by_page()
    {
        var items = Lines("arrival", 0, 1, 2, 3).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select((line, offset) =>
        {
            var body = JsonDocument.Parse(line).RootElement.GetProperty("body").GetRawText();
            return JsonSerializer.Serialize(new
            {
                stream = "live", epoch = 1, partition = 0, offset, logTime = Start.AddMinutes(offset + 2),
                body = Encoding.UTF8.GetBytes(body),
            });
        }).ToList();
        _server.On("/api/v1/messages", "", 429, "0")
            .On("/api/v1/messages", $$"""{"items":[{{items[0]}},{{items[1]}}],"next":"Mg"}""")
            .On("/api/v1/messages", """{"items":[],"next":"Mw"}""")
            .On("/api/v1/messages", $$"""{"items":[{{items[2]}},{{items[3]}}],"next":null}""");

        var code = await Run(
            "--since", "2026-03-02T00:00:00Z", "--until", "2026-03-03T00:00:00Z", "--config", "default", "default", "--json");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal(4, Number(JsonDocument.Parse(Output).RootElement, "a", "messages"));
        Assert.Equal(
            "/api/v1/messages?since=2026-03-02T00%3A00%3A00.0000000%2B00%3A00"
                + "&until=2026-03-03T00%3A00%3A00.0000000%2B00%3A00&limit=500",
            _server.Requests.First().PathAndQuery);
        Assert.EndsWith("&cursor=Mw", _server.Requests.Last().PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_that_holds_nothing_of_that_time_is_not_found()
    {
        _server.On("/api/v1/messages", """{"items":[],"next":null}""");

        Assert.Equal(ExitCode.NotFound, await Run("--since", "2026-03-02", "--config", "default", "default"));

        Assert.Contains("since=2026-03-02T00%3A00", _server.Requests.Single().PathAndQuery, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--config default default", "Say where the signals come from")]
    [InlineData("--signals S --since 2026-01-01 --config default default", "Say where the signals come from")]
    [InlineData("--since soon --config default default", "'soon' is no ISO 8601 time")]
    [InlineData("--signals S --config default", "Say which two configurations to compare")]
    [InlineData("--signals S --until 2026-01-01 --config default default", "--until goes with --since only.")]
    [InlineData("--signals missing.jsonl --config default default", "missing.jsonl")]
    [InlineData("--signals S --config default missing.json", "missing.json")]
    [InlineData("--signals wrong.jsonl --config default default", "wrong.jsonl, line 2: expected {")]
    [InlineData("--signals seconds.jsonl --config default default", "line 1: its time is in seconds; say with --start")]
    [InlineData("--signals empty --config default default", "There are no signals in these files.")]
    [InlineData("--signals S --config default typo.json", "typo.json: 'Correlation:Grouping:Treshold' is no setting")]
    [InlineData("--signals S --config default nobody.json", "no-customers.json")]
    [InlineData("--signals S --config default default --labels wrong.jsonl", "wrong.jsonl, line 1: expected {\"id\"")]
    [InlineData("--signals S --config default default --labels twice.jsonl", "twice.jsonl, line 2: a has another incident")]
    [InlineData("--signals S --config default default --labels empty", "empty holds no labels.")]
    [InlineData("--signals S --config default default --save no/such/folder.json", "there is no such folder.")]
    [InlineData("--signals S --config default default --customers wrong.jsonl", "wrong.jsonl: customers.json is not valid:")]
    public async Task What_is_wrong_is_told_in_a_sentence(string line, string sentence)
    {
        FileOf("wrong.jsonl", "{\"at\":\"2026-01-01T00:00:00Z\",\"body\":1}\nnothing\n");
        FileOf("seconds.jsonl", "{\"at\":0,\"body\":1}\n");
        FileOf("empty", "\n");
        FileOf("typo.json", """{"Correlation":{"Grouping":{"Treshold":1}}}""");
        FileOf("nobody.json", """{"Correlation":{"Customers":{"Path":"no-customers.json"}}}""");
        FileOf("twice.jsonl", "{\"id\":\"a\",\"incident\":\"x\"}\n{\"id\":\"a\",\"incident\":null}\n");
        string[] files = ["wrong.jsonl", "seconds.jsonl", "empty", "typo.json", "nobody.json", "twice.jsonl"];
        var args = line.Split(' ').Select(word => word == "S" ? Signals() : files.Contains(word) ? InFolder(word) : word);

        Assert.Equal(ExitCode.Usage, await Run([.. args]));

        Assert.Contains(sentence, _error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Incidents", Output, StringComparison.Ordinal);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Output => _out.ToString();

    private static double Number(JsonElement element, params string[] path) =>
        path.Aggregate(element, (at, name) => at.GetProperty(name)).GetDouble();

    /// <summary>Two alerts on one machine, a minute apart, and their ends, stored two minutes later.</summary>
    private string Signals() => FileOf("signals.jsonl", Lines("arrival", 0, 1, 2, 3));

    private static string Lines(string time, params int[] minutes) => string.Concat(minutes.Select(minute =>
    {
        var at = time == "at" ? 60 * (minute + 2) : Start.AddMinutes(minute + 2).ToUnixTimeSeconds();
        return $$"""{"{{time}}":{{at}},"body":{{Alert(minute)}}}""" + "\n";
    }));

    private static string Alert(int minute) => $$$$"""
        {"schemaId":"azureMonitorCommonAlertSchema","data":{"essentials":{"alertId":
        "/subscriptions/s1/providers/Microsoft.AlertsManagement/alerts/a{{{{minute % 2}}}}","alertRule":"rule{{{{minute % 2}}}}",
        "severity":"Sev0","signalType":"Metric","monitorCondition":"{{{{(minute < 2 ? "Fired" : "Resolved")}}}}",
        "monitoringService":"Platform","alertTargetIDs":
        ["/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm1"],
        "firedDateTime":"{{{{Start.AddMinutes(minute % 2):yyyy-MM-ddTHH:mm:ssZ}}}}",
        "resolvedDateTime":"{{{{Start.AddMinutes(minute):yyyy-MM-ddTHH:mm:ssZ}}}}"},"alertContext":{}}}
        """.ReplaceLineEndings("");

    private string Labels() => FileOf("labels.jsonl", string.Concat(Enumerable.Range(0, 2).Select(i =>
        $$"""{"id":"/subscriptions/s1/providers/Microsoft.AlertsManagement/alerts/a{{i}}","incident":"one"}""" + "\n")));

    private string Strict()
    {
        FileOf("customers.json", """{"version":1,"customers":[{"key":"acme","subscriptions":["s1"]}]}""");
        return FileOf("strict.json", """
            {"Correlation":{"Grouping":{"Threshold":5},"Customers":{"Path":"customers.json"}}}
            """);
    }

    private string InFolder(string name) => Path.Combine(_folder, name);

    private string FileOf(string name, string content)
    {
        var path = InFolder(name);
        File.WriteAllText(path, content);
        return path;
    }

    private Task<int> Run(params string[] args)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(_out),
                Interactive = InteractionSupport.No,
        });
        console.Profile.Width = 300;
        return CommandLine.RunAsync(["backtest", .. args, "--url", _server.Url], new CliHost(
            console, _out, _error, () => new MemoryStream(Encoding.UTF8.GetBytes("")), _ => null, TimeProvider.System));
    }
}
