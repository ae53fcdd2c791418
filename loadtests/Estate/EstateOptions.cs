namespace Correlation.Estate;

/// <summary>What estate to make. Equal options give equal bytes.</summary>
public sealed record EstateOptions
{
    /// <summary>What every draw comes from.</summary>
    /// <value>1.</value>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many hours before the end the estate's signals begin; 24 to 336.</summary>
    /// <value>48: two nights, so that the nightly job fails twice.</value>
    public int Hours { get; init; } = 48;

    /// <summary>The kinds of failure of the hard estate; empty for the demo's estate, to which nothing below applies.</summary>
    /// <value>Empty.</value>
    public IReadOnlyList<FailureKind> Kinds { get; init; } = [];

    /// <summary>How many failures each customer has.</summary>
    /// <value>7: each of the 14 kinds for reporting twice among the four customers.</value>
    public int FailuresPerCustomer { get; init; } = 7;

    /// <summary>The share of failures that begin while the customer's last one is under way; 0 to 1.</summary>
    /// <value>0.5.</value>
    public double Overlap { get; init; } = 0.5;

    /// <summary>How many symptoms of nothing there are for each symptom of a failure.</summary>
    /// <value>1. 10 is the night nobody wants.</value>
    public double NoiseFactor { get; init; } = 1;

    /// <summary>How many alerts an alert storm has; 20 to 50,000.</summary>
    /// <value>40.</value>
    public int StormAlerts { get; init; } = 40;

    /// <summary>Whether the estate also says what it says while nothing is wrong: metrics, logs, heartbeats.</summary>
    /// <value>True. Off, only alerts, changes, health and errors remain: a tenth of the messages.</value>
    public bool QuietTraffic { get; init; } = true;

    /// <summary>Kinds 1 to 6: for tuning.</summary>
    public static IReadOnlyList<FailureKind> TuningKinds { get; } =
        [.. Enum.GetValues<FailureKind>().Where(k => k <= FailureKind.NoisyRule)];

    /// <summary>Kinds from 7 on: only for reporting.</summary>
    public static IReadOnlyList<FailureKind> ReportingKinds { get; } =
        [.. Enum.GetValues<FailureKind>().Where(k => k > FailureKind.NoisyRule)];

    /// <summary>Kinds by their numbers or names, with commas and ranges: <c>7-12,alertStorm</c>; <c>tuning</c>,
    /// <c>reporting</c>, <c>demo</c> (none).</summary>
    /// <exception cref="ArgumentException">Something is no kind.</exception>
    public static IReadOnlyList<FailureKind> ParseKinds(string text)
    {
        SortedSet<FailureKind> kinds = [];
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split('-');
            kinds.UnionWith(part switch
            {
                "tuning" => TuningKinds,
                "reporting" => ReportingKinds,
                "demo" => [],
                _ => Enum.GetValues<FailureKind>().Where(k => k >= ParseKind(ends[0]) && k <= ParseKind(ends[^1])),
            });
        }

        return [.. kinds];
    }

    private static FailureKind ParseKind(string text) =>
        Enum.TryParse<FailureKind>(text, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind
        : throw new ArgumentException($"'{text}' is no kind of failure.");
}
