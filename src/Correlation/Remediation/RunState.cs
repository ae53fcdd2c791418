namespace Correlation.Remediation;

/// <summary>Where a run is.</summary>
public enum RunState : byte
{
    /// <summary>A rule matched; a person must approve.</summary>
    Proposed = 0,

    /// <summary>Approved; about to be sent.</summary>
    Approved = 1,

    /// <summary>Recorded as sent; the answer is awaited.</summary>
    Running = 2,

    /// <summary>The receiver answered that it was done.</summary>
    Succeeded = 3,

    /// <summary>The receiver answered that it failed, or the action's attempts are used up.</summary>
    Failed = 4,

    /// <summary>It was sent and no answer came: it may or may not have been done. Never sent again by itself.</summary>
    Unknown = 5,

    /// <summary>A person said no.</summary>
    Rejected = 6,

    /// <summary>A guard said no; the guards' answers say which.</summary>
    Blocked = 7,

    /// <summary>Dry run: what would have been sent is recorded, nothing was sent.</summary>
    DryRun = 8,

    /// <summary>The incident ended before it was approved.</summary>
    Withdrawn = 9,
}

/// <summary>Whether a run had its effect.</summary>
public enum Verification : byte
{
    /// <summary>Not done, or too early to say.</summary>
    Pending = 0,

    /// <summary>The symptoms on its resource ended after it.</summary>
    Effective = 1,

    /// <summary>The symptoms on its resource were still open when the time to verify was over.</summary>
    Ineffective = 2,
}
