using System.CommandLine;

namespace Correlation.Cli;

/// <summary>What every command understands.</summary>
internal sealed class GlobalOptions(CliHost host, string defaultUrl)
{
    private const string KeyHeader = "X-Api-Key";

    /// <summary>What is around the command line.</summary>
    public CliHost Host => host;

    /// <summary>Where the gateway is.</summary>
    public Option<string> Url { get; } = new("--url")
    {
        Description = $"The gateway's address [default: CORRELATION_URL, else {defaultUrl}]",
        Recursive = true,
    };

    /// <summary>The key to show it.</summary>
    public Option<string?> ApiKey { get; } = new("--api-key")
    {
        Description = "The API key [default: CORRELATION_API_KEY]; the variable keeps it out of the list of processes",
        Recursive = true,
    };

    /// <summary>Whether a program reads the answer.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Print the API's JSON as it comes", Recursive = true };

    /// <summary>A client for what was asked for.</summary>
    /// <exception cref="CliException">The address is none.</exception>
    public HttpClient Client(ParseResult parsed)
    {
        var url = parsed.GetValue(Url) ?? host.Environment("CORRELATION_URL") ?? defaultUrl;
        if (!Uri.TryCreate(url.TrimEnd('/') + "/", UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https"))
            throw new CliException(ExitCode.Usage, "--url must be an http or https address.");
        var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(100) };
        var key = parsed.GetValue(ApiKey) ?? host.Environment("CORRELATION_API_KEY");
        if (!string.IsNullOrEmpty(key) && !client.DefaultRequestHeaders.TryAddWithoutValidation(KeyHeader, key))
            throw new CliException(ExitCode.Usage, "The API key cannot be sent as a header.");
        return client;
    }
}
