using System.Collections.Immutable;
using System.Globalization;
using Correlation.Customers;
using Correlation.Grouping;

namespace Correlation.Incidents;

/// <summary>Says why two things of one customer are together or apart: the way that joins them, or the rule that keeps them
/// apart, with every term and the nearest miss. Pure; reads state and graph as they are, and changes neither.</summary>
internal sealed class Explainer(
    CustomerSetup setup, CustomerState state, CandidateGraph graph, Partitioner partitioner, OpeningHolds holds)
{
    private const int MostLinks = 5;
    private const int MostSteps = 20;

    /// <summary>Why two things are together or apart; null where one is the id of an incident that is not there.</summary>
    public Explanation? Explain(string one, string other)
    {
        var finder = new ThingFinder(state);
        if (finder.Find(one) is not { } a || finder.Find(other) is not { } b) return null;
        var began = a.Symptoms.Concat(b.Symptoms).Select(tracked => tracked.Symptom.Start).DefaultIfEmpty(state.Now).Max();
        var detail = new ExplanationDetail
        {
            One = a.Shown(), Other = b.Shown(), Threshold = graph.Settings.At(began).Threshold,
        };
        if (a.Change is not null || b.Change is not null) return OfChange(a, b, detail);
        if (Suppressed(a, detail) is { } first) return first;
        if (Suppressed(b, detail) is { } second) return second;
        if (a.Symptoms.IsEmpty) return NotKnown(a, detail);
        if (b.Symptoms.IsEmpty) return NotKnown(b, detail);
        var answer = Joined(a, b, detail)
            ?? new Separator(setup, state, graph, partitioner).Explain([.. a.Counting], [.. b.Counting], detail);
        return Named(answer);
    }

    private Explanation? Suppressed(Thing thing, ExplanationDetail detail)
    {
        if (thing.Symptoms.IsEmpty || thing.Counting.Any()) return null;
        var symptom = thing.Symptoms[0].Symptom;
        var window = state.Maintenance.FirstOrDefault(one => Suppression.Holds(symptom, [one], state.Now));
        var which = window is null ? "" : $", {window.Id}, from {Time(window.From)} until {Time(window.Until)}";
        return Apart(
            Separation.Suppressed,
            $"{thing.Title} is suppressed by a maintenance window{which}; what is suppressed is in no incident", detail);
    }

    private Explanation NotKnown(Thing thing, ExplanationDetail detail)
    {
        var changes = state.Changes.Where(change => change.Resource.Canonical == thing.Id).ToList();
        var text = thing.Kind switch
        {
            "resource" when changes.Count > 0 =>
                $"no symptom of {thing.Title} is kept, only changes; ask for the newest by its id, {changes[^1].Id}",
            "resource" => $"{thing.Title} is known, but no symptom of it is kept",
            "signal" => $"no symptom and no change that is kept names the signal {thing.Title}: "
                + "a symptom names its first and last ones",
            "incident" => $"{thing.Title} holds no symptom",
            _ => $"nothing is known here of {thing.Title}",
        };
        return Apart(Separation.NotKnown, text, detail);
    }

    private Explanation OfChange(Thing a, Thing b, ExplanationDetail detail)
    {
        if (a.Change is not null && b.Change is not null)
        {
            return a.Change.Id == b.Change.Id
                ? new Explanation(true, "they are the same change", []) { Detail = detail }
                : Apart(
                    Separation.BothChanges,
                    "both are changes: a change is a possible cause of an incident and is never grouped", detail);
        }

        var (change, thing) = a.Change is not null ? (a, b) : (b, a);
        if (Suppressed(thing, detail) is { } suppressed) return suppressed;
        if (thing.Symptoms.IsEmpty) return NotKnown(thing, detail);
        return new ChangeExplainer(setup, state).Explain(change.Change!, thing, detail);
    }

    private Explanation? Joined(Thing a, Thing b, ExplanationDetail detail)
    {
        if (a.Incident is not null && a.Incident.Id == b.Incident?.Id)
            return new Explanation(true, "they are the same incident", []) { Detail = detail };
        var inB = b.Counting.ToLookup(tracked => tracked.Incident);
        var held = a.Counting.Where(tracked => tracked.Incident is not null)
            .SelectMany(tracked => inB[tracked.Incident].Select(other => (One: tracked, Other: other)))
            .OrderBy(pair => pair.One.Symptom.Id == pair.Other.Symptom.Id).FirstOrDefault();
        if (held.One is { } one) return InIncident(one, held.Other, detail);
        var ids = b.Counting.Select(tracked => tracked.Symptom.Id).ToHashSet();
        if (a.Counting.FirstOrDefault(tracked => ids.Contains(tracked.Symptom.Id)) is { } same)
            return new Explanation(true, $"both are the symptom {ThingFinder.Words(same.Symptom)}", []) { Detail = detail };
        return Loose(a, ids, detail);
    }

    private Explanation InIncident(TrackedSymptom one, TrackedSymptom other, ExplanationDetail detail)
    {
        var incident = state.Incidents[one.Incident!];
        var (from, to) = (one.Symptom.Id, other.Symptom.Id);
        detail = detail with { Configuration = VersionOf(one, other) };
        if (from == to)
        {
            var text = $"{ThingFinder.Words(one.Symptom)} is the only symptom of both in {incident.Id}";
            return new Explanation(true, text, []) { Detail = detail };
        }

        var links = incident.Sealed ? incident.Reasons : ClusterOf(from) is { } cluster ? LinksOf(cluster) : [];
        return Along(from, to, links, $"both are in {incident.Id}", incident.Why, detail);
    }

    /// <summary>Symptoms that belong together and are no incident.</summary>
    private Explanation? Loose(Thing a, HashSet<string> others, ExplanationDetail detail)
    {
        var loose = a.Counting.Where(tracked => tracked is { Incident: null, Sealed: false })
            .Select(tracked => tracked.Symptom.Id).ToHashSet();
        var both = partitioner.Around(loose).FirstOrDefault(
            cluster => cluster.Members.Any(loose.Contains) && cluster.Members.Any(others.Contains));
        if (both is null) return null;
        var (from, to) = (both.Members.First(loose.Contains), both.Members.First(others.Contains));
        var opens = OpeningRule.Why([.. both.Members.Select(id => state.Symptoms[id].Symptom)], holds, state.Now);
        var text = opens is null
            ? "they belong together, but are not severe enough, or have not lasted long enough, to be an incident"
            : "they belong together, and are grouped so with the next decision";
        var version = VersionOf(state.Symptoms[from], state.Symptoms[to]);
        return Along(from, to, LinksOf(both), text, "", detail with { Configuration = version });
    }

    private Explanation Along(
        string from, string to, ImmutableArray<Link> links, string text, string otherwise, ExplanationDetail detail)
    {
        var way = JoinPath.Between(links.Select(link => (link.From, link.To)), from, to);
        var touching = links.Where(link => link.From == from || link.To == from).OrderByDescending(link => link.Score)
            .Take(MostLinks).ToImmutableArray();
        if (way.Count == 0) return new Explanation(true, $"{text}: {otherwise}", touching) { Detail = detail };
        var steps = way.Zip(way.Skip(1), (a, b) => Step(a, b, links)).ToList();
        var actor = steps.Find(step => step.Operator is not null)?.Operator;
        var weakest = steps.Where(step => step.Operator is null).Select(step => step.Link.Score).DefaultIfEmpty(0).Min();
        var how = steps.Count == 1 ? "a link" : $"{steps.Count} links";
        var strength = steps.Exists(step => step.Operator is null)
            ? $", {(steps.Count == 1 ? "of" : "the weakest of")} {Number(weakest)} where {Number(detail.Threshold)} is needed"
            : "";
        var said = actor is null ? "" : $"; {actor} put them together";
        return new Explanation(true, $"{text}, joined by {how}{strength}{said}", touching)
        {
            Detail = detail with { Path = [.. steps.Take(MostSteps)], PathLength = steps.Count, Operator = actor },
        };
    }

    private PathStep Step(string from, string to, ImmutableArray<Link> links)
    {
        var link = links.First(one => (one.From == from && one.To == to) || (one.From == to && one.To == from));
        var word = state.Constraints.Find(
            pair => pair.Together && ((pair.A == from && pair.B == to) || (pair.A == to && pair.B == from)));
        return new PathStep(from, to, link, word?.Actor);
    }

    private Cluster? ClusterOf(string id) => partitioner.Around([id]).Find(cluster => cluster.Members.Contains(id));

    private ImmutableArray<Link> LinksOf(Cluster cluster) =>
        [.. cluster.Joins.Select(join => graph.Scorer.Explain(graph.Find(join.From)!, graph.Find(join.To)!))];

    private int VersionOf(TrackedSymptom one, TrackedSymptom other)
    {
        var later = one.Symptom.Start > other.Symptom.Start ? one : other;
        return setup.Topology.At(later.Symptom.Start).Number;
    }

    /// <summary>An answer with the symptoms that it names.</summary>
    private Explanation Named(Explanation answer)
    {
        if (answer.Detail is not { } detail) return answer;
        var links = answer.Links.Concat(detail.Path.Select(step => step.Link));
        if (detail.Farthest is { } farthest) links = links.Append(farthest);
        var named = links.SelectMany(link => new[] { link.From, link.To }).Distinct().Order(StringComparer.Ordinal)
            .Select(id => state.Symptoms.GetValueOrDefault(id)).OfType<TrackedSymptom>()
            .Select(tracked => (tracked.Symptom, tracked.Incident))
            .Select(one => new ExplainedSymptom(
                one.Symptom.Id, one.Symptom.Resource, one.Symptom.Condition, one.Symptom.Start, one.Incident));
        return answer with { Detail = detail with { Symptoms = [.. named] } };
    }

    private static Explanation Apart(Separation rule, string text, ExplanationDetail detail) =>
        new(false, text, []) { Detail = detail with { Rule = rule } };

    private static string Number(double score) => score.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
