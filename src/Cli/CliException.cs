namespace Correlation.Cli;

/// <summary>A command cannot go on: what to say, and how to end.</summary>
internal sealed class CliException(int exitCode, string message) : Exception(message)
{
    /// <summary>How the command ends.</summary>
    public int ExitCode => exitCode;
}
