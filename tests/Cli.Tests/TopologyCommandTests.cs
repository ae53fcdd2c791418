using Azure.Core;
using Azure.Identity;
using Correlation.Cli.Topology;
using Correlation.Dependencies;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;

namespace Correlation.Cli.Tests;

public sealed class TopologyCommandTests : IAsyncLifetime
{
    private const string Subscription = "11111111-2222-3333-4444-555555555555";
    private const string Group = $"/subscriptions/{Subscription}/resourceGroups/rg/providers/";

    private readonly FakeResourceGraph _azure = new();
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("topology-");

    private string File => Path.Combine(_folder.FullName, "resource-graph.json");

    private string Said => _out.ToString() + _error;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _azure.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Pages_are_asked_for_to_the_last_and_the_reader_makes_the_edges_of_them_all()
    {
        _azure.Page("next one", Site("web"), Site("api")).Page("and one", "").Page(null, Plan("plan"));

        Assert.Equal(ExitCode.Ok, await Run());

        var graph = Read();
        Assert.Equal(3, graph.Rows);
        Assert.Equal(["web", "api"], graph.Read().Select(edge => Name(edge.From)).OrderDescending());
        Assert.All(graph.Read(), edge => Assert.Equal(("plan", EdgeKind.HostedOn), (Name(edge.To), edge.Kind)));
        Assert.Contains("3 resources of acme written; the file has 3 and 2 edges.", Said, StringComparison.Ordinal);
        Assert.Equal([null, "next one", "and one"], _azure.Queries.Select(query => Option(query, "$skipToken")));
        Assert.All(_azure.Queries, query =>
        {
            Assert.Equal(("1000", "objectArray"), (Option(query, "$top"), Option(query, "resultFormat")));
            Assert.Equal(ResourceGraphQuery.Text, query.Body.GetProperty("query").GetString());
            Assert.Equal([Subscription], query.Body.GetProperty("subscriptions").EnumerateArray().Select(id => id.GetString()));
            Assert.Equal("Bearer " + FakeResourceGraph.Token, query.Authorization);
            Assert.Equal(
                "https://management.azure.com/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01", query.Address);
        });
    }

    [Fact]
    public async Task A_management_group_and_a_query_of_ones_own_are_asked_for_as_given()
    {
        _azure.Page(null, Plan("plan"));
        var query = Path.Combine(_folder.FullName, "query.kql");
        await System.IO.File.WriteAllTextAsync(query, "resources | where tags.x == 'y' | project id\n", Cancel);

        Assert.Equal(ExitCode.Ok, await Run(
            "topology", "export", "--customer", "acme", "--management-group", "mg-acme", "--query", query, "--out", File));

        var asked = Assert.Single(_azure.Queries).Body;
        Assert.Equal("resources | where tags.x == 'y' | project id", asked.GetProperty("query").GetString());
        Assert.Equal("mg-acme", Assert.Single(asked.GetProperty("managementGroups").EnumerateArray()).GetString());
        Assert.False(asked.TryGetProperty("subscriptions", out _));
    }

    [Fact]
    public async Task Many_subscriptions_are_asked_for_in_parts()
    {
        _azure.Page(null, Plan("one")).Page(null, Plan("two"));

        Assert.Equal(ExitCode.Ok, await Run(
            "topology", "export", "--customer", "acme", "--out", File,
            "--subscription", string.Join(',', Enumerable.Range(0, 301).Select(_ => Guid.NewGuid()))));

        Assert.Equal([300, 1], _azure.Queries.Select(query => query.Body.GetProperty("subscriptions").GetArrayLength()));
        Assert.Equal(2, Read().Rows);
    }

    [Fact]
    public async Task What_is_throttled_is_asked_again()
    {
        var error = """{"error":{"code":"RateLimiting","message":"Please provide below info"}}""";
        _azure.Then(error, 429, ("Retry-After", "1"))
            .Then(error, 429, ("x-ms-user-quota-remaining", "0"), ("x-ms-user-quota-resets-after", "00:00:01"))
            .Page(null, Plan("plan"));

        Assert.Equal(ExitCode.Ok, await Run());

        Assert.Equal(3, _azure.Queries.Count);
        Assert.Equal(1, Read().Rows);
    }

    [Fact]
    public async Task A_quota_that_is_used_up_is_waited_for_before_the_next_page()
    {
        var time = new FakeTimeProvider();
        _azure.Then(
                $$"""{"data":[{{Plan("one")}}],"$skipToken":"t"}""", 200, ("x-ms-user-quota-remaining", "0"),
                ("x-ms-user-quota-resets-after", "00:00:05"))
            .Page(null, Plan("two"));

        var run = Run(time, Export());
        while (_azure.Queries.IsEmpty) await Task.Delay(10, Cancel);
        while (!run.IsCompleted)
        {
            Assert.True(_azure.Queries.Count == 1 || time.GetUtcNow() - time.Start >= TimeSpan.FromSeconds(5));
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20, Cancel);
        }

        Assert.Equal(ExitCode.Ok, await run);
        Assert.Equal(2, Read().Rows);
    }

    [Theory]
    [InlineData(401, ExitCode.Refused, "refused: the signed-in identity may not read")]
    [InlineData(403, ExitCode.Refused, "refused: the signed-in identity may not read")]
    [InlineData(404, ExitCode.NotFound, "knows no such scope")]
    [InlineData(400, ExitCode.Usage, "does not take the query")]
    [InlineData(501, ExitCode.ServerError, "failed")]
    public async Task An_error_is_one_sentence_without_the_token_and_leaves_the_file_as_it_is(int status, int code, string said)
    {
        await System.IO.File.WriteAllTextAsync(File, "{\"customer\":\"acme\",\"data\":[]}", Cancel);
        var message = $"Bearer {FakeResourceGraph.Token} was shown";
        _azure.Then(
            $$$"""{"error":{"code":"No\u001b[31m","message":"outer","details":[{"message":"{{{message}}}"}]}}""", status);

        Assert.Equal(code, await Run());

        Assert.Contains(said, Said, StringComparison.Ordinal);
        Assert.Single(_error.ToString().TrimEnd().Split('\n'));
        Assert.DoesNotContain('\u001b', Said);
        Assert.DoesNotContain("eyJ", Said, StringComparison.Ordinal);
        Assert.Contains("was shown", Said, StringComparison.Ordinal);
        Assert.Equal("{\"customer\":\"acme\",\"data\":[]}", await System.IO.File.ReadAllTextAsync(File, Cancel));
    }

    [Fact]
    public async Task Nobody_to_sign_in_as_and_nobody_who_answers_are_told_apart()
    {
        var access = _azure.Access with
        {
            Credential = (_, _) => DelegatedTokenCredential.Create((_, _) =>
                throw new AuthenticationFailedException($"no\naccount\u001b[31m {FakeResourceGraph.Token}")),
        };
        Assert.Equal(ExitCode.Refused, await CommandLine.RunAsync(Whole(), Host(TimeProvider.System) with { Azure = access }));
        Assert.Contains("Azure knows nobody here", Said, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", Said, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', Said);

        await _azure.DisposeAsync();
        Assert.Equal(ExitCode.Unreachable, await Run());
        Assert.Contains("https://management.azure.com/ cannot be reached", Said, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFiles());
    }

    [Theory]
    [InlineData("<html>", "it is no JSON")]
    [InlineData("[]", "it is no object")]
    [InlineData("{\"data\":{\"columns\":[]}}", "its \"data\" is no list")]
    public async Task An_answer_that_is_none_is_said_to_be_and_nothing_is_written(string body, string said)
    {
        _azure.Then(body);

        Assert.Equal(ExitCode.ServerError, await Run());

        Assert.Contains(said, Said, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public async Task Pages_that_do_not_go_on_and_results_that_were_cut_off_are_no_export()
    {
        _azure.Page("same", Plan("a")).Page("same", Plan("b"));
        Assert.Equal(ExitCode.ServerError, await Run());
        _azure.Then($$"""{"data":[{{Plan("a")}}],"resultTruncated":"true"}""");
        Assert.Equal(ExitCode.Usage, await Run());
        _azure.Page(null);
        Assert.Equal(ExitCode.NotFound, await Run());

        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public async Task Hostile_rows_are_left_out_with_a_warning_and_hostile_names_stay_text()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 80)) + string.Concat(Enumerable.Repeat("]", 80));
        _azure.Page(
            null,
            $$$"""{"id":"{{{Group}}}Microsoft.Web/sites/a\"}]}\u0000\u202e<script>","tags":{"hidden-link:x":"\u001b[2J"}}""",
            $$$"""{"id":"{{{Group}}}Microsoft.Web/sites/deep","properties":{"p":{{{deep}}}}}""",
            """{"id":"../../etc/passwd"}""", "7", "{}", Site("web"), Plan("plan"));

        Assert.Equal(ExitCode.Ok, await Run());

        var graph = Read();
        Assert.Equal([("web", "plan")], graph.Read().Select(edge => (Name(edge.From), Name(edge.To))));
        Assert.Contains("rows are left out", Said, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', Said);
        Assert.DoesNotContain('\u0000', await System.IO.File.ReadAllTextAsync(File, Cancel));
    }

    [Fact]
    public async Task A_customers_page_is_replaced_and_those_of_others_stay()
    {
        _azure.Page(null, Plan("old")).Page(null, Plan("other")).Page(null, Site("web"), Plan("plan"));

        Assert.Equal(ExitCode.Ok, await Run());
        Assert.Equal(ExitCode.Ok, await Run(Export("globex")));
        Assert.Equal(ExitCode.Ok, await Run());

        var text = await System.IO.File.ReadAllTextAsync(File, Cancel);
        Assert.Equal((true, true, false), (text.Contains("/plan"), text.Contains("/other"), text.Contains("/old")));
        Assert.Equal(3, Read().Rows);
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public async Task A_file_of_another_hand_is_replaced_only_when_asked_to()
    {
        await System.IO.File.WriteAllTextAsync(File, "{\"data\":[]}", Cancel);
        _azure.Page(null, Plan("plan")).Page(null, Plan("plan"));

        Assert.Equal(ExitCode.Usage, await Run());
        Assert.Equal("{\"data\":[]}", await System.IO.File.ReadAllTextAsync(File, Cancel));

        Assert.Equal(ExitCode.Ok, await Run([.. Export(), "--replace"]));
        Assert.Equal(1, Read().Rows);
    }

    [Fact]
    public async Task Stopped_it_leaves_the_file_as_it_is_and_nothing_beside_it()
    {
        await System.IO.File.WriteAllTextAsync(File, "before", Cancel);
        _azure.Page("more", Plan("plan"));
        using var stop = new CancellationTokenSource();

        var run = new GraphExport(Client(), Host(TimeProvider.System)).RunAsync(
            GraphScope.Of([Subscription], null), ResourceGraphQuery.Text, stop.Token);
        await _azure.Hangs.Task;
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ExportFile.WriteAsync(File, "acme", [Plan("plan")], replace: true, stop.Token));
        Assert.Equal("before", await System.IO.File.ReadAllTextAsync(File, Cancel));
        Assert.Single(_folder.GetFiles());
    }

    [Theory]
    [InlineData("usgov", "https://management.usgovcloudapi.net/", "https://login.microsoftonline.us/")]
    [InlineData("china", "https://management.chinacloudapi.cn/", "https://login.chinacloudapi.cn/")]
    public async Task Another_cloud_has_its_own_addresses(string cloud, string endpoint, string authority)
    {
        _azure.Page(null, Plan("plan"));

        Assert.Equal(ExitCode.Ok, await Run([.. Export(), "--cloud", cloud, "--tenant", "t-1"]));

        Assert.StartsWith(endpoint, Assert.Single(_azure.Queries).Address, StringComparison.Ordinal);
        Assert.Equal((new Uri(authority), "t-1", endpoint + ".default"), Assert.Single(_azure.SignIns));
    }

    [Theory]
    [InlineData("--customer", "acme", "--out", "f")]
    [InlineData("--customer", "acme", "--out", "f", "--subscription", "prod")]
    [InlineData("--customer", "No Key!", "--out", "f", "--subscription", Subscription)]
    [InlineData("--customer", "acme", "--out", "f", "--management-group", "a b")]
    [InlineData("--customer", "acme", "--out", "f", "--subscription", Subscription, "--management-group", "mg")]
    [InlineData("--customer", "acme", "--out", "f", "--subscription", Subscription, "--endpoint", "http://management.azure.com")]
    [InlineData("--customer", "acme", "--out", "f", "--subscription", Subscription, "--authority", "login.example")]
    [InlineData("--customer", "acme", "--out", "f", "--subscription", Subscription, "--query", "no such file")]
    public async Task A_command_line_that_names_nothing_that_can_be_asked_for_asks_nothing(params string[] args)
    {
        Assert.Equal(ExitCode.Usage, await Run(["topology", "export", .. args]));

        Assert.Empty(_azure.Queries);
        Assert.Empty(_azure.SignIns);
    }

    [Fact]
    public async Task Beyond_the_readers_bound_the_rest_is_left_out_and_said_to_be()
    {
        _azure.Page("more", Plan("a"), Plan("b"), Plan("c"));

        var rows = await new GraphExport(Client(), Host(TimeProvider.System), most: 2).RunAsync(
            GraphScope.Of([Subscription], null), ResourceGraphQuery.Text, Cancel);

        Assert.Equal(2, rows.Count);
        Assert.Contains("Warning: There are more than 2 resources", Said, StringComparison.Ordinal);
        Assert.Single(_azure.Queries);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string[] Export(string customer = "acme") => ["--customer", customer, "--subscription", Subscription];

    private static string Site(string name) =>
        $$$"""{"id":"{{{Group}}}Microsoft.Web/sites/{{{name}}}","properties":{"serverFarmId":"{{{Group}}}"""
        + """Microsoft.Web/serverfarms/plan"}}""";

    private static string Plan(string name) => $$$"""{"id":"{{{Group}}}Microsoft.Web/serverfarms/{{{name}}}","properties":{}}""";

    private static string Name(string id) => id[(id.LastIndexOf('/') + 1)..];

    private static string? Option(Query query, string name) =>
        query.Body.GetProperty("options").TryGetProperty(name, out var value) ? value.ToString() : null;

    private GraphClient Client()
    {
        var cloud = AzureCloud.Of("public", null, null);
        return new GraphClient(cloud, _azure.Access.Credential(cloud.Authority, null), _azure.Access.Transport);
    }

    private EstateGraph Read() => ResourceGraphReader.Read(System.IO.File.ReadAllText(File));

    private Task<int> Run(params string[] args) => Run(TimeProvider.System, args);

    private async Task<int> Run(TimeProvider time, string[] args)
    {
        return await CommandLine.RunAsync(args is ["topology", ..] ? args : Whole(args), Host(time));
    }

    private string[] Whole(params string[] args) => ["topology", "export", "--out", File, .. args is [] ? Export() : args];

    private CliHost Host(TimeProvider time) => new(
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_out), Interactive = InteractionSupport.No }),
        _out, _error, () => Stream.Null, _ => null, time)
    {
        Azure = _azure.Access,
    };
}
