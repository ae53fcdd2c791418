using Correlation.Cli;
using Spectre.Console;

return await CommandLine.RunAsync(args, new CliHost(
    AnsiConsole.Console, Console.Out, Console.Error, Console.OpenStandardInput, Environment.GetEnvironmentVariable,
        TimeProvider.System));
