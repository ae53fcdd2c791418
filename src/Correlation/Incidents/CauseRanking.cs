using System.Collections.Immutable;
using Correlation.Grouping;
using Correlation.Learning;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Incidents;

/// <summary>Ranks what may be an incident's cause by a sum of terms: more than its usual by the learned past, was the cause
/// before, upstream, earliest, Azure's own word, and severity.</summary>
public sealed class CauseRanking
{
    private const int Most = 5;
    private const int ShownKey = 80;

    private readonly Standing _standing;
    private readonly FailureModel _model;
    private readonly CauseOptions _options;
    private readonly Dictionary<string, WeighedChange> _changes;

    private CauseRanking(Standing standing, FailureModel model, CauseOptions options, IEnumerable<WeighedChange> changes)
    {
        (_standing, _model, _options) = (standing, model, options);
        _changes = changes.GroupBy(weighed => weighed.Change.Resource.Canonical)
            .ToDictionary(group => group.Key, group => group.MaxBy(weighed => weighed.Reach * weighed.Rare)!);
    }

    /// <summary>The likeliest causes, best first; a score is how sure that is, and they add up to at most 1.</summary>
    /// <param name="symptoms">The incident's symptoms.</param>
    /// <param name="changes">The changes near its start, weighed.</param>
    /// <param name="topology">What depends on what.</param>
    /// <param name="past">The customer's failures that are over.</param>
    /// <param name="options">What counts how much.</param>
    public static ImmutableArray<RankedCause> Rank(
        IReadOnlyCollection<Symptom> symptoms, IReadOnlyCollection<WeighedChange> changes, TopologyHistory topology,
        FailureHistory past, CauseOptions options)
    {
        if (symptoms.Count == 0) return [];
        var resources = symptoms.GroupBy(symptom => symptom.Resource).OrderBy(group => group.Key).ToList();
        var standing = new Standing(symptoms, topology);
        var model = past.At(standing.First);
        var ranking = new CauseRanking(standing, model, options, changes);
        var candidates = resources.ConvertAll(group => ranking.Member(group.Key, [.. group]));
        var mean = candidates.Average(one => one.Total);
        ranking.AddChanged(candidates);
        if (model.Failures > 0) ranking.AddPast(candidates, FailureEvidence.Of(symptoms, topology), mean);
        return ranking.Ranked(candidates);
    }

    private ImmutableArray<RankedCause> Ranked(List<Candidate> candidates)
    {
        var sure = Confidence(candidates);
        return
        [
            .. candidates.Zip(sure, (one, score) => (one, score))
                .OrderByDescending(pair => pair.score).ThenByDescending(pair => pair.one.Total).ThenBy(pair => pair.one.Resource)
                .Take(Most).Select(pair => new RankedCause(
                    pair.one.Resource, Math.Floor(pair.score * 10_000) / 10_000, pair.one.Reasons())),
        ];
    }

    /// <summary>The mean of how likely each is by all terms, and by all but those of one kind of evidence, for each kind
    /// that there is: a cause that rests on one kind alone is less sure.</summary>
    private double[] Confidence(List<Candidate> candidates)
    {
        var kinds = Enumerable.Range(0, Clue.Kinds)
            .Where(kind => candidates.Exists(one => one.Past?.Heaviest.Any(weighed => (int)weighed.Clue.Kind == kind) == true));
        var views = kinds.Select(kind => candidates.ConvertAll(one => one.Total - (one.Past?.Kinds[kind] ?? 0)))
            .Prepend(candidates.ConvertAll(one => one.Total))
            .Select(scores => FailureLearner.Softmax(scores, _options.Temperature)).ToList();
        return [.. candidates.Select((_, i) => views.Average(view => view[i]))];
    }

    private Candidate Member(ResourceId resource, List<Symptom> symptoms)
    {
        var terms = new List<CauseTerm>();
        var start = symptoms.Min(symptom => symptom.Start);
        var others = _standing.Resources - 1;
        var dependants = _standing.Dependants(resource.Canonical);
        if (dependants > 0)
        {
            terms.Add(new CauseTerm(
                $"{dependants} of the {others} other resources depend on it or are part of it",
                _options.Upstream * dependants / others));
        }

        var late = start - _standing.First;
        terms.Add(new CauseTerm(
            late == TimeSpan.Zero ? "failed first" : $"failed {late.TotalMinutes:0} min after the first",
            _options.Earliest * Math.Exp(-(late / _options.EarlyDecay))));
        if (symptoms.Exists(symptom => symptom.Condition.Kind is ConditionKind.ServiceHealth or ConditionKind.ResourceHealth))
            terms.Add(new CauseTerm("Azure says that its health was lost", _options.Platform));
        var severity = symptoms.Max(symptom => symptom.Severity);
        terms.Add(new CauseTerm($"severity {severity}", _options.Severity * (byte)severity / (byte)Severity.Critical));
        AddChange(resource, terms);
        return new Candidate(resource, terms, null);
    }

    private void AddChange(ResourceId resource, List<CauseTerm> terms)
    {
        if (!_changes.TryGetValue(resource.Canonical, out var weighed)) return;
        terms.Add(new CauseTerm(
            FormattableString.Invariant(
                $"{weighed.Change.Operation ?? weighed.Change.Verb} {weighed.When}, near {weighed.Reach:0%} of the resources"),
            _options.Change * weighed.Reach * weighed.Rare));
    }

    /// <summary>What shows nothing itself, and was changed.</summary>
    private void AddChanged(List<Candidate> candidates)
    {
        var own = candidates.Select(one => one.Resource.Canonical).ToHashSet();
        foreach (var weighed in _changes.Values.Where(weighed => !own.Contains(weighed.Change.Resource.Canonical)))
        {
            var terms = new List<CauseTerm>
            {
                new(
                    FormattableString.Invariant($"what was changed there explains {weighed.Reach:0%} of the resources"),
                    _options.Upstream * weighed.Reach),
            };
            AddChange(weighed.Change.Resource, terms);
            candidates.Add(new Candidate(weighed.Change.Resource, terms, null));
        }
    }

    /// <summary>Adds what the past says, and what shows nothing itself but was the cause before oftener than chance: of
    /// time, place and severity that has the mean of the others.</summary>
    private void AddPast(List<Candidate> candidates, FailureEvidence failure, double mean)
    {
        var judged = _model.Judge(failure);
        for (var i = 0; i < candidates.Count; i++)
        {
            if (judged.TryGetValue(candidates[i].Resource.Canonical, out var past))
                candidates[i] = candidates[i] with { Past = past };
        }

        var own = candidates.Select(one => one.Resource.Canonical).ToHashSet();
        var silent = failure.Resources.Where(id => !own.Contains(id) && judged[id].Prior > 0)
            .Select(id => (Id: ResourceId.TryParse(id), Past: judged[id])).Where(one => one.Id is not null);
        var neutral = new CauseTerm("has no symptom itself; of time, place and severity the mean of the others", mean);
        candidates.AddRange(silent.Select(one => new Candidate(one.Id!, [neutral], one.Past)));
    }

    private sealed record Candidate(ResourceId Resource, List<CauseTerm> Terms, Abnormality? Past)
    {
        public double Total => Terms.Sum(term => term.Value) + (Past?.Total ?? 0);

        public ImmutableArray<string> Reasons() => [.. Terms.Concat(OfPast()).Select(term => term.ToString())];

        private IEnumerable<CauseTerm> OfPast()
        {
            if (Past is null) yield break;
            for (var kind = 0; kind < Clue.Kinds; kind++)
            {
                var shown = Past.Heaviest.Where(one => (int)one.Clue.Kind == kind).Select(Line).ToList();
                if (shown.Count == 0 && Math.Abs(Past.Kinds[kind]) < 0.005) continue;
                yield return new CauseTerm(
                    $"{Name((ClueKind)kind)} against its usual{(shown.Count == 0 ? "" : ": ")}{string.Join(", ", shown)}",
                    Past.Kinds[kind]);
            }

            yield return new CauseTerm("how often it was the cause before", Past.Prior);
        }

        private static string Line(WeighedClue one)
        {
            var key = one.Clue.Key.Replace('\n', ' ');
            if (key.Length > ShownKey) key = key[..ShownKey];
            return FormattableString.Invariant(
                $"{key} (rare here {one.Surprise:0.0} x early {one.Clue.Early:0.0} x lift {one.Lift:0.0})");
        }

        private static string Name(ClueKind kind) => kind switch
        {
            ClueKind.State => "states",
            ClueKind.Log => "logs",
            ClueKind.Moment => "moments",
            _ => "complaints that name it",
        };
    }
}
