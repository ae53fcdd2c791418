namespace Correlation.Estate;

/// <summary>How much the messages hold.</summary>
public sealed record TruthCounts
{
    /// <summary>Messages.</summary>
    public required int Messages { get; init; }

    /// <summary>Records; a message that cannot be read counts as one.</summary>
    public required int Records { get; init; }

    /// <summary>Platform metric records.</summary>
    public required int Metrics { get; init; }

    /// <summary>Resource log records and rows of tables.</summary>
    public required int Logs { get; init; }

    /// <summary>Activity-log records.</summary>
    public required int Activity { get; init; }

    /// <summary>Alert messages.</summary>
    public required int Alerts { get; init; }

    /// <summary>Malformed records, which are in none of the families.</summary>
    public required int Malformed { get; init; }

    /// <summary>Records that repeat an earlier one.</summary>
    public required int Duplicates { get; init; }

    /// <summary>Records that are more than 30 minutes late.</summary>
    public required int Late { get; init; }

    /// <summary>Records whose time is ahead.</summary>
    public required int Ahead { get; init; }
}
