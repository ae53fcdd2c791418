using System.Collections.Immutable;

namespace Correlation.Customers;

/// <summary>What a grouping in shadow would have decided for a customer, as far as that is final. It acts on nothing.</summary>
[GenerateSerializer, Immutable, Alias("shadow-record")]
public sealed record ShadowRecord
{
    /// <summary>What the shadow weighs otherwise. Other settings begin another record.</summary>
    [Id(0)] public ImmutableArray<ShadowSetting> Settings { get; init; } = [];

    /// <summary>The log time at which the record began.</summary>
    [Id(1)] public DateTimeOffset Since { get; init; }

    /// <summary>The counts since then.</summary>
    [Id(2)] public ShadowTotals Totals { get; init; } = new();

    /// <summary>The newest verdicts of what would be otherwise, the newest first; at most
    /// <see cref="CustomerLimits.ShadowVerdicts"/>.</summary>
    [Id(3)] public ImmutableArray<ShadowVerdict> Verdicts { get; init; } = [];

    /// <summary>Symptoms that are sealed, but that the shadow has together with some that are not: what it makes of them is not
    /// final. At most <see cref="CustomerLimits.ShadowWaiting"/>.</summary>
    [Id(4)] public ImmutableHashSet<string> Waiting { get; init; } = [];

    /// <summary>Whether it is about a shadow with some settings.</summary>
    public bool IsOf(ImmutableArray<ShadowSetting> settings) => Settings.AsSpan().SequenceEqual(settings.AsSpan());
}

/// <summary>One setting that is another in the shadow.</summary>
/// <param name="Name">The property of <see cref="Grouping.GroupingOptions"/>.</param>
/// <param name="Live">Its value where it acts.</param>
/// <param name="Shadow">Its value in the shadow.</param>
[GenerateSerializer, Immutable, Alias("shadow-setting")]
public sealed record ShadowSetting(
    [property: Id(0)] string Name, [property: Id(1)] string Live, [property: Id(2)] string Shadow);

/// <summary>What sealing made final of a grouping in shadow; part of the event that seals, so that an older program reads the
/// journal.</summary>
[GenerateSerializer, Immutable, Alias("shadow-judged")]
public sealed record ShadowJudged
{
    /// <summary>What the shadow weighs otherwise.</summary>
    [Id(0)] public ImmutableArray<ShadowSetting> Settings { get; init; } = [];

    /// <summary>What is added to the counts.</summary>
    [Id(1)] public ShadowTotals Totals { get; init; } = new();

    /// <summary>What would be otherwise, newest first; bounded as the record is.</summary>
    [Id(2)] public ImmutableArray<ShadowVerdict> Verdicts { get; init; } = [];

    /// <summary>Sealed symptoms that wait from now on.</summary>
    [Id(3)] public ImmutableArray<string> Waits { get; init; } = [];

    /// <summary>Symptoms that waited, and do no more.</summary>
    [Id(4)] public ImmutableArray<string> Over { get; init; } = [];
}

/// <summary>How a grouping in shadow did, counted.</summary>
[GenerateSerializer, Immutable, Alias("shadow-totals")]
public sealed record ShadowTotals
{
    /// <summary>Live incidents that would be the same.</summary>
    [Id(0)] public long Same { get; init; }

    /// <summary>Live incidents that would have more or fewer symptoms.</summary>
    [Id(1)] public long Changed { get; init; }

    /// <summary>Live incidents that would be part of a larger one.</summary>
    [Id(2)] public long Merged { get; init; }

    /// <summary>Live incidents that would be several.</summary>
    [Id(3)] public long Split { get; init; }

    /// <summary>Live incidents that would be none.</summary>
    [Id(4)] public long Lost { get; init; }

    /// <summary>Incidents that would be there in addition.</summary>
    [Id(5)] public long Gained { get; init; }

    /// <summary>Incidents that there were.</summary>
    [Id(6)] public long Incidents { get; init; }

    /// <summary>Incidents that there would have been.</summary>
    [Id(7)] public long IncidentsInShadow { get; init; }

    /// <summary>Signals in the incidents that there were.</summary>
    [Id(8)] public long Signals { get; init; }

    /// <summary>Signals in those that there would have been.</summary>
    [Id(9)] public long SignalsInShadow { get; init; }

    /// <summary>Symptoms that waited, and were judged before all they would be with was sealed, because too many did.</summary>
    [Id(10)] public long Early { get; init; }

    /// <summary>Both together.</summary>
    public ShadowTotals Plus(ShadowTotals other) => new()
    {
        Same = Same + other.Same,
        Changed = Changed + other.Changed,
        Merged = Merged + other.Merged,
        Split = Split + other.Split,
        Lost = Lost + other.Lost,
        Gained = Gained + other.Gained,
        Incidents = Incidents + other.Incidents,
        IncidentsInShadow = IncidentsInShadow + other.IncidentsInShadow,
        Signals = Signals + other.Signals,
        SignalsInShadow = SignalsInShadow + other.SignalsInShadow,
        Early = Early + other.Early,
    };
}
