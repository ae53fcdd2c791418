using System.Collections.Immutable;
using Correlation.Grouping;
using Correlation.Incidents;

namespace Correlation.Customers;

/// <summary>Groups a customer's symptoms by other settings beside the live grouping, and says what would have been otherwise.
/// It decides nothing.</summary>
/// <remarks>What is sealed live is judged once all that the shadow has it together with is sealed too; until then it waits, as
/// the shadow's record says. So a verdict does not depend on when which component was sealed.</remarks>
internal sealed class ShadowGrouping(CustomerSetup setup, ShadowSetup shadow)
{
    private readonly ShadowGraph _shadow = new(setup.Grouping, shadow.Topology);
    private (CustomerState? State, long Revision, ImmutableArray<ShadowVerdict> Verdicts) _shown;

    /// <summary>What is final of the shadow once some symptoms are sealed; null for nothing.</summary>
    /// <param name="state">The state before they are.</param>
    /// <param name="due">The symptoms, whole components of the live graph.</param>
    public ShadowJudged? Judge(CustomerState state, IEnumerable<string> due)
    {
        var waiting = Waiting(state);
        _shadow.Follow(state, waiting);
        var closing = due.Where(IsLive).ToHashSet(StringComparer.Ordinal);
        closing.UnionWith(waiting.Where(IsLive));
        if (closing.Count == 0 && waiting.IsEmpty) return null;
        var (over, left, early) = Parts(state, closing);
        var (totals, verdicts) = Compare(state, over.Where(part => StartOf(state, part) >= shadow.From));
        return new ShadowJudged
        {
            Settings = shadow.Settings,
            Totals = totals with { Early = early },
            Verdicts = [.. verdicts.Take(CustomerLimits.ShadowVerdicts)],
            Waits = [.. left.Where(id => !waiting.Contains(id)).Order(StringComparer.Ordinal)],
            Over = [.. waiting.Where(id => !left.Contains(id)).Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>What is otherwise now, of all that is not final, newest first; bounded. Looked up once a state, however many
    /// ask.</summary>
    public ImmutableArray<ShadowVerdict> Now(CustomerState state)
    {
        if (ReferenceEquals(state, _shown.State) && state.Revision == _shown.Revision) return _shown.Verdicts;
        _shadow.Follow(state, Waiting(state));
        var all = new HashSet<string>(_shadow.Graph.Live, StringComparer.Ordinal);
        var verdicts = Compare(state, [all]).Verdicts.Take(CustomerLimits.ShadowVerdicts).ToImmutableArray();
        _shown = (state, state.Revision, verdicts);
        return verdicts;
    }

    private ImmutableHashSet<string> Waiting(CustomerState state) => ShadowFold.Of(state, shadow.Settings)?.Waiting ?? [];

    private bool IsLive(string id) => _shadow.Graph.Find(id) is { Sealed: false };

    /// <summary>The sets of symptoms that neither a live incident nor the shadow has together with others, where all of them are
    /// being sealed or were; and the symptoms that are not in such a one. Where too many would wait, none does.</summary>
    private (List<HashSet<string>> Over, HashSet<string> Left, long Early) Parts(CustomerState state, HashSet<string> closing)
    {
        var (over, left) = (new List<HashSet<string>>(), new HashSet<string>(StringComparer.Ordinal));
        var partitioner = Partitioner(state);
        var visit = _shadow.Graph.NewVisit();
        foreach (var seed in closing.Order(StringComparer.Ordinal))
        {
            var part = Around(state, seed, partitioner, visit);
            if (part.IsSubsetOf(closing)) over.Add(part);
            else left.UnionWith(part.Where(closing.Contains));
        }

        if (left.Count <= CustomerLimits.ShadowWaiting) return (over, left, 0);
        over.Add(left);
        return (over, [], left.Count);
    }

    private static HashSet<string> Around(CustomerState state, string seed, Partitioner partitioner, long visit)
    {
        var part = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([seed]);
        while (open.TryPop(out var id))
        {
            foreach (var node in partitioner.Component(id, visit))
            {
                part.Add(node.Id);
                if (state.Symptoms[node.Id].Incident is not { } home) continue;
                foreach (var member in state.Incidents[home].Members.Where(member => !part.Contains(member))) open.Push(member);
            }
        }

        return part;
    }

    private (ShadowTotals Totals, IReadOnlyList<ShadowVerdict> Verdicts) Compare(
        CustomerState state, IEnumerable<HashSet<string>> parts)
    {
        var ids = parts.Where(part => part.Count > 0).SelectMany(part => part).ToHashSet(StringComparer.Ordinal);
        var live = ids.Select(id => state.Symptoms[id]).Where(tracked => tracked.Incident is not null)
            .GroupBy(tracked => tracked.Incident!).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (IReadOnlyList<TrackedSymptom>)[.. group]).ToList();
        var shadowed = Partitioner(state).Around(ids)
            .Select(cluster => cluster.Members.Where(ids.Contains).Select(id => state.Symptoms[id]).ToList())
            .Where(cluster => IsIncident(state, cluster)).ToList();
        return new ShadowComparison(state.Now, _shadow.VersionAt).Of(live, shadowed);
    }

    /// <summary>As live: what an operator touched stays an incident.</summary>
    private bool IsIncident(CustomerState state, List<TrackedSymptom> cluster) =>
        cluster.Count > 0 && (OpeningRule.Why([.. cluster.Select(one => one.Symptom)], _shadow.Holds, state.Now) is not null
            || cluster.Exists(one => one.Incident is { } home && state.Incidents[home].Touched));

    private static DateTimeOffset StartOf(CustomerState state, HashSet<string> part) =>
        part.Select(id => state.Symptoms[id].Symptom.Start).DefaultIfEmpty(DateTimeOffset.MinValue).Max();

    private Partitioner Partitioner(CustomerState state) => new(_shadow.Graph, state.Constraints);
}
