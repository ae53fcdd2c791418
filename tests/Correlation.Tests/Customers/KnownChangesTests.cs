using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Resources;

namespace Correlation.Tests.Customers;

public sealed class KnownChangesTests
{
    private const int Most = 6;

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void What_the_state_does_not_hold_is_fresh_also_where_a_decision_was_not_stored(int seed)
    {
        var random = new Random(seed);
        var known = new KnownChanges();
        ImmutableList<Change> state = [];
        for (var step = 0; step < 2_000; step++)
        {
            var reported = Enumerable.Range(0, random.Next(5))
                .Select(_ => Some.Change(Some.Vm("a"), 0, $"c{random.Next(20)}")).ToList();
            var expected = reported.Select(change => change.Id).Distinct().Except(state.Select(change => change.Id));

            var fresh = known.Fresh(state, reported);
            var after = state.AddRange(fresh);
            if (after.Count > Most) after = after.RemoveRange(0, after.Count - Most);
            known.Took(state, fresh, after);

            Assert.Equal(expected, fresh.Select(change => change.Id));
            if (random.Next(4) > 0) state = after;
        }
    }
}
