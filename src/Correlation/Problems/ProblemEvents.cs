using System.Collections.Immutable;

namespace Correlation.Problems;

/// <summary>The events of one decision, numbered after those the state has.</summary>
internal sealed class ProblemEvents(ProblemsState state, DateTimeOffset now)
{
    private readonly ImmutableArray<ProblemEvent>.Builder _made = ImmutableArray.CreateBuilder<ProblemEvent>();

    /// <summary>What was decided, in order.</summary>
    public ImmutableArray<ProblemEvent> Made => _made.ToImmutable();

    /// <summary>Adds an event, given its number and time.</summary>
    public void Add(Func<long, DateTimeOffset, ProblemEvent> make) => _made.Add(make(state.Events + _made.Count + 1, now));
}
