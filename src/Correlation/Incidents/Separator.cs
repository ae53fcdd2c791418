using System.Collections.Immutable;
using System.Globalization;
using Correlation.Customers;
using Correlation.Grouping;

namespace Correlation.Incidents;

/// <summary>Names the rule that keeps symptoms apart. A link between their groups that was refused comes first, since it shows
/// that the evidence was there; otherwise it is the pair that comes nearest to being linked.</summary>
internal sealed class Separator(CustomerSetup setup, CustomerState state, CandidateGraph graph, Partitioner partitioner)
{
    private const int MostLinks = 5;
    private const int MostAbsent = 3;

    /// <summary>Why symptoms that are not together are apart.</summary>
    public Explanation Explain(
        ImmutableArray<TrackedSymptom> ones, ImmutableArray<TrackedSymptom> others, ExplanationDetail detail)
    {
        var (one, other) = (IdsOf(ones), IdsOf(others));
        var pairs = new Comparisons(graph).Of(one, other);
        var nearest = pairs.Take(MostLinks).Select(pair => graph.Scorer.Explain(pair.A, pair.B)).ToImmutableArray();
        var (groupA, groupB) = (GroupOf(one), GroupOf(other));
        detail = detail with { Operator = Forbidding(groupA, groupB)?.Actor };
        var refusal = partitioner.RefusalsAround(one, (from, to) => Spans(groupA, groupB, from, to)).FirstOrDefault();
        return refusal is not null ? Refused(refusal, nearest, detail) : Missed(pairs, nearest, detail);
    }

    private Explanation Refused(Refusal refusal, ImmutableArray<Link> nearest, ExplanationDetail detail)
    {
        var (from, to) = (graph.Find(refusal.From)!, graph.Find(refusal.To)!);
        var link = graph.Scorer.Explain(from, to);
        var linked = $"{Pair(from, to)} are linked, with {Number(link.Score)}, but ";
        var links = nearest.Where(one => !Same(one, link)).Prepend(link).Take(MostLinks);
        var answer = new Explanation(false, "", [.. links])
        {
            Detail = detail with { Configuration = Version(from, to), Operator = refusal.Forbidden?.Actor ?? detail.Operator },
        };
        if (refusal.Forbidden is { } word)
            return With(answer, Separation.CannotLink, $"{linked}{word.Actor} took their groups apart");
        if (refusal.Apart is { } apart) return ChainBound(answer, apart, refusal.Bounds, linked);
        if (refusal.Members > refusal.Bounds.MaxMembers)
        {
            return With(
                answer, Separation.MaxMembers, $"{linked}their groups together would have {refusal.Members} members, where "
                    + $"{refusal.Bounds.MaxMembers} are allowed");
        }

        return With(
            answer, Separation.MaxSpread, $"{linked}their groups together would span {Hours(refusal.Spread)} h, where "
                + $"{Hours(refusal.Bounds.MaxSpread)} h are allowed");
    }

    private Explanation ChainBound(
        Explanation answer, GroupScore apart, GroupingOptions options, string linked)
    {
        var farthest = graph.Scorer.Explain(apart.One, apart.Other);
        var text = $"{linked}the conditions of their groups come to {Number(apart.Mean)} on the mean where "
            + $"{Number(options.GroupMean)} is needed: {Pair(apart.One, apart.Other)} have least to do with each other, "
            + Number(farthest.Score);
        var detail = answer.Detail! with
        {
            Farthest = farthest,
            Threshold = options.GroupMean,
            Missing = options.GroupMean - apart.Mean,
            Absent = Terms.Absent(farthest, options, MostAbsent),
        };
        return With(answer with { Detail = detail }, Separation.ChainBound, text);
    }

    private Explanation Missed(List<Comparison> pairs, ImmutableArray<Link> nearest, ExplanationDetail detail)
    {
        if (pairs.Count == 0)
            return With(new Explanation(false, "", []) { Detail = detail }, Separation.NotKnown, "nothing of it can be compared");
        var best = pairs[0];
        var link = nearest[0];
        if (!best.Compared && link.Score < Between(best).Threshold && pairs.Find(pair => pair.Compared) is { } compared)
        {
            best = compared;
            link = graph.Scorer.Explain(best.A, best.B);
        }

        var options = Between(best);
        var veto = link.Terms.FirstOrDefault(term => term.Weight <= Scorer.Veto);
        var links = nearest.Where(one => !Same(one, link)).Prepend(link).Take(MostLinks);
        var answer = new Explanation(false, "", [.. links])
        {
            Detail = detail with
            {
                Configuration = Version(best.A, best.B),
                Threshold = options.Threshold,
                Missing = veto is null ? Math.Max(0, options.Threshold - link.Score) : 0,
                Absent = veto is null && link.Score < options.Threshold ? Terms.Absent(link, options, MostAbsent) : [],
            },
        };
        var said = Said(detail);
        if (!best.Compared && !(best.ShareAList && veto is not null))
            return With(answer, Separation.NeverCompared, NotCompared(best, link) + said);
        if (veto is not null)
        {
            return With(
                answer, Separation.Veto, $"{Pair(best.A, best.B)} are ruled out by {veto.Name} ({veto.Input}); without it the "
                    + $"evidence comes to {Number(best.Support)}{said}");
        }

        if (link.Score < options.Threshold)
            return With(answer, Separation.BelowThreshold, Below(best, link, answer.Detail!) + said);
        if (best.Sealed) return With(answer, Separation.SealedBefore, SealedText(best, link) + said);
        return With(
            answer, Separation.None, $"{Pair(best.A, best.B)} are linked, and are grouped anew with the next decision{said}");
    }

    private string NotCompared(Comparison pair, Link link)
    {
        var why = pair.ShareAList
            ? $"more than {Between(pair).Neighbours} others lie between them in each list of the index that they share"
            : "they share no list of the index: no resource, part, dependency, key or platform event";
        return $"{Pair(pair.A, pair.B)} are never compared: {why}; weighed all the same they come to {Number(link.Score)} where "
            + $"{Number(Between(pair).Threshold)} is needed";
    }

    private string Below(Comparison pair, Link link, ExplanationDetail detail)
    {
        var absent = detail.Absent.FirstOrDefault() is { } term
            ? $"; the largest term that is absent is {term.Name}, {term.Input} ({Number(term.Weight)})" : "";
        return $"the evidence between {Pair(pair.A, pair.B)} comes to {Number(link.Score)} where "
            + $"{Number(Between(pair).Threshold)} is needed: {Number(detail.Missing)} is missing{absent}";
    }

    private string SealedText(Comparison pair, Link link)
    {
        var which = pair.A.Sealed && pair.B.Sealed
            ? "both were sealed, and what was known then did not join them"
            : $"{Words(pair.A.Sealed ? pair.A : pair.B)} was sealed before the two could be joined";
        return $"{Pair(pair.A, pair.B)} come to {Number(link.Score)} where {Number(Between(pair).Threshold)} is needed, "
            + $"but {which}";
    }

    private GroupingOptions Between(Comparison pair) => graph.Settings.Between(pair.A.Start, pair.B.Start);

    /// <summary>The symptoms that the unsealed ones of some are grouped with, themselves included.</summary>
    private HashSet<string> GroupOf(IReadOnlyCollection<string> ids)
    {
        var wanted = ids.ToHashSet();
        var group = partitioner.Around(ids).Where(cluster => cluster.Members.Any(wanted.Contains))
            .SelectMany(cluster => cluster.Members).ToHashSet();
        group.UnionWith(wanted);
        return group;
    }

    private Constraint? Forbidding(HashSet<string> one, HashSet<string> other) =>
        state.Constraints.Find(pair => !pair.Together && pair.Spans(one, other));

    private static bool Spans(HashSet<string> one, HashSet<string> other, string from, string to) =>
        (one.Contains(from) && other.Contains(to)) || (one.Contains(to) && other.Contains(from));

    private static string Said(ExplanationDetail detail) =>
        detail.Operator is { } actor ? $"; {actor} took their groups apart too" : "";

    private static bool Same(Link one, Link other) => one.From == other.From && one.To == other.To;

    private static List<string> IdsOf(ImmutableArray<TrackedSymptom> symptoms) =>
        [.. symptoms.Select(tracked => tracked.Symptom.Id)];

    private int Version(Node a, Node b) => setup.Topology.At(a.Start > b.Start ? a.Start : b.Start).Number;

    private static Explanation With(Explanation answer, Separation rule, string text) =>
        answer with { Text = text, Detail = answer.Detail! with { Rule = rule } };

    private static string Pair(Node a, Node b) => $"{Words(a)} and {Words(b)}";

    private static string Words(Node node) => ThingFinder.Words(node.Symptom);

    private static string Number(double score) => score.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Hours(TimeSpan span) => span.TotalHours.ToString("0.0", CultureInfo.InvariantCulture);
}
