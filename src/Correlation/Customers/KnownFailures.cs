using System.Collections.Immutable;
using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Learning;
using Correlation.Resources;

namespace Correlation.Customers;

/// <summary>The failures that a customer remembers, as its engine judges by them. A cache of
/// <see cref="CustomerState.Failures"/>, ahead of it while a decision seals.</summary>
/// <param name="start">What is known besides, and how much counts when.</param>
internal sealed class KnownFailures(FailureHistory start)
{
    private readonly ImmutableArray<FailureEvidence> _start = start.All;
    private ImmutableArray<RememberedFailure> _known = [];

    /// <summary>What causes are judged by.</summary>
    public FailureHistory Past { get; private set; } = start;

    /// <summary>Knows what a state remembers, and nothing else.</summary>
    public FailureHistory Of(CustomerState state)
    {
        if (state.Failures == _known) return Past;
        _known = state.Failures;
        return Past = Past.Only(_start.Concat(_known.Select(failure => failure.Evidence())), CustomerLimits.FailuresLearnt);
    }

    /// <summary>Takes an incident that is being sealed.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="members">Its symptoms.</param>
    /// <param name="topology">What depends on what.</param>
    /// <param name="over">When it was over, with all that it is connected with.</param>
    /// <param name="causes">Its likely causes, best first.</param>
    /// <returns>What is remembered of it.</returns>
    public RememberedFailure Take(
        Incident incident, IReadOnlyList<Symptom> members, TopologyHistory topology, DateTimeOffset over,
        ImmutableArray<RankedCause> causes)
    {
        // Where nothing else could have been the cause, being sure says nothing.
        var sure = causes.Length < 2 || causes[0].Score <= Past.Settings.SureFrom ? null : causes[0];
        var failure = RememberedFailure.Of(incident.Id, FailureEvidence.Of(members, topology, over)) with
        {
            Cause = sure?.Resource.Canonical,
            Sure = sure?.Score ?? 0,
            Told = incident.Told,
        };
        Past = Past.With(failure.Evidence());
        _known = default;
        return failure;
    }
}
