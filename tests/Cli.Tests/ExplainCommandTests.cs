namespace Correlation.Cli.Tests;

public sealed class ExplainCommandTests : IAsyncLifetime
{
    private const string Apart = """
        {"together":false,"text":"0.38 is missing\u001b[31m","links":[{"from":"a1","to":"b2","score":0.62,
        "terms":[{"name":"near","weight":0.5,"input":"started 2 s apart"},
        {"name":"informational","weight":-0.2,"input":"1 of the two"}]}],
        "detail":{"rule":"belowThreshold","threshold":1,"missing":0.38,"configuration":3,"operator":null,
        "one":{"kind":"incident","title":"acme.i1","incident":"acme.i1"},
        "other":{"kind":"resource","title":"vm2","incident":null},
        "absent":[{"name":"causeKey","weight":1,"input":"a shared id"}],"path":[],
        "symptoms":[{"id":"a1","condition":"alert:cpu","resource":"/x/vm1"},
        {"id":"b2","condition":"alert:disk","resource":"/x/vm2"}]}}
        """;

    private readonly CannedServer _server = new();
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_incident_and_something_else_are_asked_for_and_every_term_is_shown()
    {
        _server.On("/api/v1/incidents/acme.i1/explain", Apart);

        Assert.Equal(ExitCode.Ok, await Run("explain", "acme.i1", "/x/vm2"));

        Assert.Equal("/api/v1/incidents/acme.i1/explain?other=%2Fx%2Fvm2", Assert.Single(_server.Requests).PathAndQuery);
        Assert.All(
            ["Apart: 0.38 is missing", "belowThreshold", "0.38 of 1.00", "causeKey 1.00 (a shared id)", "version 3",
                "alert:cpu on vm1 - alert:disk on vm2", "near", "0.50", "informational", "-0.20", "The nearest misses"],
            text => Assert.Contains(text, _out.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', _out.ToString());
    }

    [Fact]
    public async Task Any_two_things_of_a_customer_are_asked_for_and_the_way_between_them_is_shown()
    {
        _server.On("/api/v1/customers/acme/explain", """
            {"together":true,"text":"both are in acme.i1","links":[],"detail":{"rule":"none","operator":"ada",
            "one":{"kind":"signal","title":"s"},"other":{"kind":"symptom","title":"t"},
            "path":[{"from":"b2","to":"a1","operator":"ada","link":{"from":"a1","to":"b2","score":1.2,
            "terms":[{"name":"sameResource","weight":0.8,"input":"vm1"}]}}]}}
            """);

        Assert.Equal(ExitCode.Ok, await Run("explain", "--customer", "acme", "live:1:0:1:0.0", "t"));

        Assert.Equal(
            "/api/v1/customers/acme/explain?one=live%3A1%3A0%3A1%3A0.0&other=t", Assert.Single(_server.Requests).PathAndQuery);
        Assert.All(["Together: both are in acme.i1", "ada", "sameResource", "1.20", "The way from one to the other"],
            text => Assert.Contains(text, _out.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_is_shown_by_its_terms()
    {
        _server.On("/api/v1/incidents/acme.i1/explain", """
            {"together":false,"text":"it is too early","links":[],"detail":{"rule":"tooEarly",
            "one":{"kind":"incident","title":"acme.i1"},"other":{"kind":"change","title":"deploy on db1"},
            "change":{"score":0.4,"terms":[{"name":"place","weight":0.4,"input":"on a resource of the incident"}],
            "change":{"verb":"deploy","resource":"/x/db1"}}}}
            """);

        Assert.Equal(ExitCode.Ok, await Run("explain", "acme.i1", "c1"));

        Assert.All(["tooEarly", "deploy on db1", "place", "0.40"],
            text => Assert.Contains(text, _out.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Json_is_printed_as_it_came_also_that_of_an_older_server()
    {
        const string body = """{"together":false,"text":"t","links":[]}""";
        _server.On("/api/v1/incidents/acme.i1/explain", body);

        Assert.Equal(ExitCode.Ok, await Run("explain", "acme.i1", "x", "--json"));
        Assert.Equal(body, _out.ToString().TrimEnd());
        Assert.Equal(ExitCode.Ok, await Run("explain", "acme.i1", "x"));
        Assert.Contains("Apart: t", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_and_half_a_question_is_none()
    {
        _server.On("/api/v1/incidents/acme.i9/explain", """{"title":"Not Found","detail":"There is no such thing."}""", 404);

        Assert.Equal(ExitCode.NotFound, await Run("explain", "acme.i9", "x"));
        Assert.Equal(ExitCode.Usage, await Run("explain", "acme.i1"));
    }

    private Task<int> Run(params string[] args) => _server.RunAsync(_out, _error, args);
}
