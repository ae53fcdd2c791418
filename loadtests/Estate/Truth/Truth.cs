namespace Correlation.Estate;

/// <summary>What really happened, and what of it is in the messages. All times are seconds relative to the end.</summary>
public sealed record Truth
{
    /// <summary>The format of this document.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The seed that made it.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The hours that it covers.</summary>
    public required int Hours { get; init; }

    /// <summary>The customers.</summary>
    public required IReadOnlyList<TruthCustomer> Customers { get; init; }

    /// <summary>Every resource.</summary>
    public required IReadOnlyList<TruthResource> Resources { get; init; }

    /// <summary>Who needs whom.</summary>
    public required IReadOnlyList<TruthEdge> Topology { get; init; }

    /// <summary>The planted failures: one for each incident that should exist, and the rule that only makes noise.</summary>
    public required IReadOnlyList<TruthFailure> Failures { get; init; }

    /// <summary>Harmless single symptoms: none of them deserves an incident.</summary>
    public required IReadOnlyList<TruthSymptom> Noise { get; init; }

    /// <summary>Records whose event time is more than 30 minutes behind their message's log time.</summary>
    public required IReadOnlyList<RecordMark> Late { get; init; }

    /// <summary>Records that were sent before, byte for byte; the first sending is not listed.</summary>
    public required IReadOnlyList<RecordMark> Duplicates { get; init; }

    /// <summary>Records that cannot be understood.</summary>
    public required IReadOnlyList<RecordMark> Malformed { get; init; }

    /// <summary>Records whose event time is more than 5 minutes ahead of their message's log time.</summary>
    public required IReadOnlyList<RecordMark> Ahead { get; init; }

    /// <summary>How much there is of everything.</summary>
    public required TruthCounts Counts { get; init; }
}
