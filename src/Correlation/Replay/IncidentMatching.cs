using System.Collections.Immutable;
using Correlation.Grouping;
using Correlation.Signals;

namespace Correlation.Replay;

/// <summary>Which incidents of a replay A are which of a replay B of the same signals, and what became of those that are
/// not the same.</summary>
/// <remarks>
/// <para>Incidents are matched by the signals of their symptoms, by position: ids are only numbers, and differ. A signal
/// belongs to the first incident of its replay that holds it, so that in each replay it is in one incident at most. Two
/// incidents, one of A and one of B, <i>share</i> when a signal is in both.</para>
/// <para>Each incident of A is exactly one of: <i>equal</i> (it shares with one of B, that one with no other, and both have
/// the same signals and customer), <i>changed</i> (the same, but signals that the one has are alone in the other, or the
/// customer is another), <i>split</i> (it shares with several of B), <i>joined</i> (it shares with one of B, which shares
/// with others too) and <i>lost</i> (with none). Seen from B, the other way about: equal, changed, <i>merged</i> (it shares
/// with several of A), <i>part</i> (with one of A, which shares with others too) and <i>gained</i> (with none). Where two
/// incidents of A become two others of B, with signals crossing, there is a split and a merge.</para>
/// <para>The cause <i>changed</i> where the likeliest cause of a pair that is equal or changed is another resource, or is
/// there in one replay only. Of splits and merges it is not said: there is no one incident to compare with.</para>
/// </remarks>
public sealed class IncidentMatching
{
    private IncidentMatching(IReadOnlyList<ReplayedIncident> a, IReadOnlyList<ReplayedIncident> b)
    {
        var matching = new GroupMatching<Position>([.. a.Select(PositionsOf)], [.. b.Select(PositionsOf)]);
        var pairs = Enumerable.Range(0, a.Count)
            .Where(i => matching.FateOfA(i) is GroupFate.Equal or GroupFate.Changed)
            .Select(i => (
                IsEqual: matching.FateOfA(i) == GroupFate.Equal && a[i].Customer == b[matching.OfA(i)[0].Other].Customer,
                Pair: new IncidentPair(a[i], b[matching.OfA(i)[0].Other])))
            .ToLookup(one => one.IsEqual, one => one.Pair);
        (Equal, Changed) = ([.. pairs[true]], [.. pairs[false]]);
        Split = [.. Among(a, matching.FateOfA, matching.OfA, b)];
        Merged = [.. Among(b, matching.FateOfB, matching.OfB, a)];
        Lost = [.. a.Where((_, i) => matching.FateOfA(i) == GroupFate.None)];
        Gained = [.. b.Where((_, i) => matching.FateOfB(i) == GroupFate.None)];
        Joined = Enumerable.Range(0, a.Count).Count(i => matching.FateOfA(i) == GroupFate.OneOfSeveral);
        Parts = Enumerable.Range(0, b.Count).Count(i => matching.FateOfB(i) == GroupFate.OneOfSeveral);
        CausesChanged = [.. Equal.Concat(Changed).Where(pair => !Equals(CauseOf(pair.A), CauseOf(pair.B)))];
    }

    /// <summary>Pairs with the same signals.</summary>
    public ImmutableArray<IncidentPair> Equal { get; }

    /// <summary>Pairs that share with nobody else, and differ in what was left alone.</summary>
    public ImmutableArray<IncidentPair> Changed { get; }

    /// <summary>Incidents of A with those of B that they share with, the largest share first.</summary>
    public ImmutableArray<IncidentParts> Split { get; }

    /// <summary>Incidents of B with those of A that they share with, the largest share first.</summary>
    public ImmutableArray<IncidentParts> Merged { get; }

    /// <summary>Incidents of A whose signals are in no incident of B.</summary>
    public ImmutableArray<ReplayedIncident> Lost { get; }

    /// <summary>Incidents of B whose signals are in no incident of A.</summary>
    public ImmutableArray<ReplayedIncident> Gained { get; }

    /// <summary>How many incidents of A went whole into a merged one.</summary>
    public int Joined { get; }

    /// <summary>How many incidents of B came whole out of a split one.</summary>
    public int Parts { get; }

    /// <summary>Pairs, equal or changed, whose likeliest cause is another.</summary>
    public ImmutableArray<IncidentPair> CausesChanged { get; }

    /// <summary>Matches the incidents of two replays.</summary>
    public static IncidentMatching Of(IReadOnlyList<ReplayedIncident> a, IReadOnlyList<ReplayedIncident> b) => new(a, b);

    private static IEnumerable<Position> PositionsOf(ReplayedIncident incident) =>
        incident.Members.SelectMany(member => member.Signals).Select(signal => signal.Position);

    private static IEnumerable<IncidentParts> Among(
        IReadOnlyList<ReplayedIncident> wholes,
        Func<int, GroupFate> fate,
        Func<int, IReadOnlyList<GroupShare>> shares,
        IReadOnlyList<ReplayedIncident> parts) =>
        Enumerable.Range(0, wholes.Count).Where(i => fate(i) == GroupFate.Several)
            .Select(i => new IncidentParts(
                wholes[i], [.. shares(i).Select(share => new IncidentShare(parts[share.Other], share.Count))]));

    private static ResourceId? CauseOf(ReplayedIncident incident) => incident.Causes.IsEmpty ? null : incident.Causes[0].Resource;
}

/// <summary>An incident of A and the one of B that it is.</summary>
/// <param name="A">The one of A.</param>
/// <param name="B">The one of B.</param>
public sealed record IncidentPair(ReplayedIncident A, ReplayedIncident B);

/// <summary>An incident of one replay that is several in the other.</summary>
/// <param name="Whole">The one incident.</param>
/// <param name="Parts">The others, the largest share first.</param>
public sealed record IncidentParts(ReplayedIncident Whole, ImmutableArray<IncidentShare> Parts);

/// <summary>What an incident shares with another.</summary>
/// <param name="Incident">The other.</param>
/// <param name="Signals">How many signals are in both.</param>
public sealed record IncidentShare(ReplayedIncident Incident, int Signals);
