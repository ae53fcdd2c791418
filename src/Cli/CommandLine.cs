using System.CommandLine;
using Correlation.Cli.Backtests;
using Correlation.Cli.Topology;

namespace Correlation.Cli;

/// <summary>The operator's command line.</summary>
public static class CommandLine
{
    private const string DefaultUrl = "http://127.0.0.1:8080";

    private const string Description = """
        Alerts in, incidents out: the operator's command line.

        Exit codes: 0 done · 1 wrong command line or input · 2 not found · 3 refused, in conflict, or records rejected ·
        4 server unreachable or too busy · 5 server error · 6 the ledger does not balance.
        Environment: CORRELATION_URL (see --url), CORRELATION_API_KEY (see --api-key).
        """;

    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, CliHost host)
    {
        var configuration = new InvocationConfiguration
        {
            Output = host.Out,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
        };
        try
        {
            return await Build(host).Parse(args).InvokeAsync(configuration);
        }
        catch (CliException error)
        {
            await host.Error.WriteLineAsync(error.Message);
            return error.ExitCode;
        }
        catch (IOException error)
        {
            await host.Error.WriteLineAsync(TerminalText.Clean(error.Message));
            return ExitCode.Usage;
        }
        catch (UnauthorizedAccessException error)
        {
            await host.Error.WriteLineAsync(TerminalText.Clean(error.Message));
            return ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            await host.Error.WriteLineAsync("Stopped.");
            return ExitCode.Usage;
        }
    }

    private static RootCommand Build(CliHost host)
    {
        var options = new GlobalOptions(host, DefaultUrl);
        var root = new RootCommand(Description) { options.Url, options.ApiKey, options.Json };
        root.Subcommands.Add(SendCommand.Build(options));
        root.Subcommands.Add(ReplayCommand.Build(options));
        root.Subcommands.Add(BacktestCommand.Build(options));
        foreach (var command in ReadCommands.Build(options)) root.Subcommands.Add(command);
        root.Subcommands.Add(ExplainCommand.Build(options));
        foreach (var command in ParkingCommands.Build(options)) root.Subcommands.Add(command);
        foreach (var command in RejectedCommands.Build(options)) root.Subcommands.Add(command);
        foreach (var command in ArchiveCommands.Build(options)) root.Subcommands.Add(command);
        root.Subcommands.Add(TopologyCommand.Build(options));
        return root;
    }
}
