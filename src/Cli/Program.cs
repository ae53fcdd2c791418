using Correlation.Cli;
using Spectre.Console;

const int WidthOfAFile = 200;

// What goes into a file or a pipe is not cut to the width of a screen that is not there.
if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = WidthOfAFile;

return await CommandLine.RunAsync(args, new CliHost(
    AnsiConsole.Console, Console.Out, Console.Error, Console.OpenStandardInput, Environment.GetEnvironmentVariable,
        TimeProvider.System));
