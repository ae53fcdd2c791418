using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Resources;

namespace Correlation.Replay;

/// <summary>A symptom with every signal that it was computed from.</summary>
/// <param name="Symptom">The symptom as it was sealed.</param>
/// <param name="Signals">Its signals in the order of event time, each position once; a duplicate is not among them.</param>
public sealed record ReplayedSymptom(Symptom Symptom, ImmutableArray<SignalReference> Signals);

/// <summary>An incident of a replay, sealed unless the replay ended before.</summary>
public sealed record ReplayedIncident
{
    /// <summary>Its id; which number it has may differ between replays of the same signals.</summary>
    public required string Id { get; init; }

    /// <summary>The customer.</summary>
    public required CustomerKey Customer { get; init; }

    /// <summary>Why it was opened, one line.</summary>
    public required string Why { get; init; }

    /// <summary>When it was opened, log time.</summary>
    public required DateTimeOffset Opened { get; init; }

    /// <summary>When its last symptom ended, event time; null where one is open.</summary>
    public DateTimeOffset? Resolved { get; init; }

    /// <summary>Its symptoms, by start.</summary>
    public required ImmutableArray<ReplayedSymptom> Members { get; init; }

    /// <summary>Its likely causes, best first.</summary>
    public required ImmutableArray<RankedCause> Causes { get; init; }

    /// <summary>The changes that may have caused it, best first.</summary>
    public required ImmutableArray<RankedChange> Changes { get; init; }

    /// <summary>The links that joined its symptoms.</summary>
    public required ImmutableArray<Link> Reasons { get; init; }

    /// <summary>Whether symptoms may be missing.</summary>
    public bool Degraded { get; init; }

    /// <summary>Whether it is sealed: nothing that could still come changes it.</summary>
    public bool Sealed { get; init; }
}
