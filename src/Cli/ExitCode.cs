namespace Correlation.Cli;

/// <summary>How a command ended; listed in docs/cli.md.</summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>The command line or an input file is wrong.</summary>
    public const int Usage = 1;

    /// <summary>There is no such thing.</summary>
    public const int NotFound = 2;

    /// <summary>Refused: not allowed, in conflict, or some records were rejected.</summary>
    public const int Refused = 3;

    /// <summary>The server cannot be reached, or stayed too busy.</summary>
    public const int Unreachable = 4;

    /// <summary>The server failed, or answered what cannot be understood.</summary>
    public const int ServerError = 5;

    /// <summary>The ledger does not balance.</summary>
    public const int Unbalanced = 6;
}
