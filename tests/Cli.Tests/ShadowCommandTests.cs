namespace Correlation.Cli.Tests;

public sealed class ShadowCommandTests : IAsyncLifetime
{
    private const string View = """
        {"customer":"acme","active":true,"settings":[{"name":"Threshold","live":"1","shadow":"0.8"}],
        "since":"2026-03-02T12:00:00Z",
        "totals":{"same":3,"changed":0,"merged":2,"split":0,"lost":0,"gained":1,"incidents":5,"incidentsInShadow":4,
        "signals":20,"signalsInShadow":22},"waiting":6,
        "now":[{"outcome":"merged","incident":"acme.i1","with":["acme.i2"],"started":"2026-03-02T11:00:00Z","symptoms":1,
        "shadow":[{"symptoms":4,"members":[{"resource":"/x/vm1","title":"t"},{"resource":"/x/vm2\u001b[31m"}]}]}],
        "sealed":[{"outcome":"gained","incident":null,"with":[],"symptoms":0,"shadow":[]}]}
        """;

    private readonly CannedServer _server = new();
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task What_would_be_otherwise_is_shown_with_the_settings_and_the_counts()
    {
        _server.On("/api/v1/customers/acme/shadow", View);

        Assert.Equal(ExitCode.Ok, await Run("shadow", "acme"));

        Assert.Equal("/api/v1/customers/acme/shadow", Assert.Single(_server.Requests).PathAndQuery);
        Assert.All(
            ["Threshold", "0.8", "acts on nothing", "Sealed since 2026-03-02 12:00:00", "5.5", "3 would be the same", "2 merged",
                "1 would be gained", "6 sealed symptoms wait", "acme.i1", "acme.i2", "4 on vm1, vm2", "gained"],
            text => Assert.Contains(text, _out.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', _out.ToString());
    }

    [Fact]
    public async Task Where_none_is_tried_it_says_so()
    {
        _server.On("/api/v1/customers/acme/shadow", """{"customer":"acme","active":false,"settings":[],"now":[],"sealed":[]}""");

        Assert.Equal(ExitCode.Ok, await Run("shadow", "acme"));

        Assert.Contains("No grouping is tried in shadow now", _out.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Sealed since", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_printed_as_it_came_and_a_customer_that_is_none_is_not_found()
    {
        _server.On("/api/v1/customers/acme/shadow", View);

        Assert.Equal(ExitCode.Ok, await Run("shadow", "acme", "--json"));
        Assert.Equal(View + Environment.NewLine, _out.ToString());
        Assert.Equal(ExitCode.NotFound, await Run("shadow", "nobody"));
    }

    private Task<int> Run(params string[] args) => _server.RunAsync(_out, _error, args);
}
