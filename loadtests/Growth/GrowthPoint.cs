namespace Correlation.LoadTests.Growth;

/// <summary>What was seen with so many resources and customers.</summary>
/// <param name="Resources">Resources, all met before it was measured.</param>
/// <param name="Customers">Customers that share them.</param>
/// <param name="CpuSecondsPerMillion">Processor seconds of the whole process for a million signals that were read.</param>
/// <param name="Sent">Signals a second that were offered.</param>
/// <param name="Read">Signals a second that were read and answered.</param>
/// <param name="BehindSeconds">How many seconds of what is offered were not read at the end.</param>
/// <param name="DrainedSeconds">How long after the end all was durable.</param>
internal sealed record GrowthPoint(
    int Resources, int Customers, double CpuSecondsPerMillion, double Sent, double Read, double BehindSeconds,
    double DrainedSeconds)
{
    private const double BehindMost = 1;
    private const double Enough = 0.97;

    /// <summary>What was asked for, signals a second.</summary>
    public double Asked { get; init; }

    /// <summary>Memory that the process held at the end.</summary>
    public long ResidentMiB { get; init; }

    /// <summary>Records acknowledged and in no ledger.</summary>
    public long Lost { get; init; }

    /// <summary>Signals that were parked, and left out.</summary>
    public (long Parked, long Shed) Aside { get; init; }

    /// <summary>Whether as much was offered as asked for, and nothing fell behind.</summary>
    public bool IsKeptUp => !Faults.Any();

    /// <summary>Why the figure is not one of the rate that was asked for.</summary>
    public IEnumerable<string> Faults
    {
        get
        {
            if (Sent < Asked * Enough)
                yield return FormattableString.Invariant($"only {Sent:F0} of {Asked:F0} signals/s were taken");
            if (BehindSeconds > BehindMost) yield return FormattableString.Invariant($"it ended {BehindSeconds} s behind");
        }
    }
}
