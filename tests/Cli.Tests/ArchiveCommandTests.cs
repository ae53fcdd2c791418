namespace Correlation.Cli.Tests;

public sealed class ArchiveCommandTests : IAsyncLifetime
{
    private readonly CannedServer _server = new();
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("""{"days":["2026-03-01","2026-03-02"]}""", "2026-03-02")]
    [InlineData("""{"days":[]}""", "Nothing is archived of this customer.")]
    public async Task Archive_lists_the_days(string answer, string shown)
    {
        _server.On("/api/v1/customers/acme/archive", answer);

        Assert.Equal(ExitCode.Ok, await _server.RunAsync(_out, _error, "archive", "acme"));

        Assert.Contains(shown, _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erase_archive_erases_and_says_how_many_days()
    {
        _server.On("/api/v1/customers/acme/archive/erase", """{"erased":2}""");

        Assert.Equal(ExitCode.Ok, await _server.RunAsync(_out, _error, "erase-archive", "acme"));

        Assert.Equal("POST", _server.Requests.Single().Method);
        Assert.Contains("Days erased: 2.", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_customer_that_is_not_there_is_told()
    {
        Assert.Equal(ExitCode.NotFound, await _server.RunAsync(_out, _error, "archive", "nobody"));
        Assert.Contains("No such thing.", _error.ToString(), StringComparison.Ordinal);
    }
}
