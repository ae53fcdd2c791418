using System.Collections.Immutable;

namespace Correlation.Remediation;

/// <summary>The events of one decision, numbered after those the state has.</summary>
internal sealed class RemediationEvents(RemediationState state, DateTimeOffset now)
{
    private readonly ImmutableArray<RemediationEvent>.Builder _made = ImmutableArray.CreateBuilder<RemediationEvent>();

    /// <summary>What was decided, in order.</summary>
    public ImmutableArray<RemediationEvent> Made => _made.ToImmutable();

    /// <summary>The runs that this decision makes.</summary>
    public IEnumerable<Run> Runs => _made.OfType<RunCreated>().Select(made => made.Run);

    /// <summary>Adds an event, given its number and time.</summary>
    public void Add(Func<long, DateTimeOffset, RemediationEvent> make) => _made.Add(make(state.Events + _made.Count + 1, now));
}
