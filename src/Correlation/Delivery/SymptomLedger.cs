namespace Correlation.Delivery;

/// <summary>The counts that prove that every symptom a customer knows is somewhere.</summary>
[GenerateSerializer, Immutable, Alias("symptom-ledger")]
public sealed record SymptomLedger
{
    /// <summary>Symptoms reported and not withdrawn again.</summary>
    [Id(0)] public long Symptoms { get; init; }

    /// <summary>In incidents that are open or acknowledged.</summary>
    [Id(1)] public long InOpen { get; init; }

    /// <summary>In incidents that are resolved.</summary>
    [Id(2)] public long InClosed { get; init; }

    /// <summary>Suppressed by a maintenance window.</summary>
    [Id(3)] public long Suppressed { get; init; }

    /// <summary>Sealed without having joined an incident.</summary>
    [Id(4)] public long SealedAlone { get; init; }

    /// <summary>Not sealed and in no incident so far.</summary>
    [Id(5)] public long Loose { get; init; }

    /// <summary>Whether they add up.</summary>
    public bool Balances => Symptoms == InOpen + InClosed + Suppressed + SealedAlone + Loose;
}
