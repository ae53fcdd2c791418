using Correlation.Cli.Topology;
using Spectre.Console;

namespace Correlation.Cli;

/// <summary>What the command line has around it; tests bring their own.</summary>
/// <param name="Tables">Where tables go.</param>
/// <param name="Out">Where JSON goes.</param>
/// <param name="Error">Where errors and progress go.</param>
/// <param name="OpenInput">Opens what is piped in.</param>
/// <param name="Environment">The value of an environment variable.</param>
/// <param name="Time">The clock that pacing and back-off go by.</param>
public sealed record CliHost(
    IAnsiConsole Tables,
    TextWriter Out,
    TextWriter Error,
    Func<Stream> OpenInput,
    Func<string, string?> Environment,
    TimeProvider Time)
{
    /// <summary>How Azure is reached.</summary>
    public AzureAccess Azure { get; init; } = AzureAccess.Default;
}
