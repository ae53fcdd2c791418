using System.Collections.Immutable;
using Correlation.Dependencies;
using Correlation.Grouping;
using Correlation.Learning;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Incidents;

/// <summary>Ranks what may be an incident's cause by a sum of terms: more than its usual by the learned past, was the cause
/// before, upstream, earliest, complaints of its own, Azure's own word, and severity.</summary>
public sealed class CauseRanking
{
    private const int Most = 5;
    private const int ShownKey = 80;

    private readonly Standing _standing;
    private readonly Onset _onset;
    private readonly OwnComplaints _complaints;
    private readonly LearnedDirection _direction;
    private readonly PlatformEvents _platform;
    private readonly FailureModel _model;
    private readonly CauseOptions _options;
    private readonly Dictionary<string, WeighedChange> _changes;

    private CauseRanking(
        IReadOnlyCollection<Symptom> symptoms, Standing standing, Onset onset, LearnedDirection direction, FailureModel model,
        CauseOptions options, IEnumerable<WeighedChange> changes)
    {
        (_standing, _onset, _direction) = (standing, onset, direction);
        (_complaints, _platform) = (new OwnComplaints(symptoms), new PlatformEvents(symptoms));
        (_model, _options) = (model, options);
        _changes = changes.GroupBy(weighed => standing.Member(weighed.Change.Resource) ?? Changed(weighed).Canonical)
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
        FailureHistory past, CauseOptions options) =>
        symptoms.Count == 0 ? [] : Rank(
            symptoms, new Onset(symptoms), changes, topology, new Taught(past, new LearnedVersions()), options, TextNames.AllOf);

    /// <summary>The same of symptoms, at least one, of which it is known when they broke out.</summary>
    internal static ImmutableArray<RankedCause> Rank(
        IReadOnlyCollection<Symptom> symptoms, Onset onset, IReadOnlyCollection<WeighedChange> changes, TopologyHistory topology,
        Taught past, CauseOptions options, Func<Symptom, IEnumerable<string>> names)
    {
        var resources = symptoms.GroupBy(symptom => symptom.Resource).OrderBy(group => group.Key).ToList();
        var standing = new Standing(symptoms, topology, names);
        var model = past.Failures.At(standing.First);
        var direction = new LearnedDirection(symptoms, topology, past.Models);
        var ranking = new CauseRanking(symptoms, standing, onset, direction, model, options, changes);
        var candidates = resources.ConvertAll(group => ranking.Member(group.Key, [.. group]));
        var means = Enum.GetValues<CauseEvidence>()
            .Select(kind => new CauseTerm(kind, Neutral(kind), candidates.Average(one => one.Of(kind))))
            .Where(term => term.Value > 0).ToList();
        ranking.AddChanged(candidates, means);
        if (model.Failures > 0) ranking.AddPast(candidates, FailureEvidence.Of(symptoms, topology), means);
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
                    pair.one.Resource.Itself(), Math.Floor(pair.score * 10_000) / 10_000, Told(pair.one).Reasons())),
        ];
    }

    /// <summary>The mean of how likely each is by all terms, and by all but those of one kind of evidence, for each kind
    /// that tells them apart: a cause that rests on one kind alone is less sure. What the past teaches is one kind, of which
    /// each sort of clue is left out in turn.</summary>
    private double[] Confidence(List<Candidate> candidates)
    {
        var views = Enum.GetValues<CauseEvidence>()
            .Where(kind => candidates.Exists(one => one.Of(kind) != candidates[0].Of(kind)))
            .Select(kind => View(candidates, one => one.Of(kind))).Prepend(View(candidates, _ => 0)).ToList();
        var past = Enumerable.Range(0, Clue.Kinds)
            .Where(kind => candidates.Exists(one => one.Past?.Heaviest.Any(weighed => (int)weighed.Clue.Kind == kind) == true))
            .Select(kind => View(candidates, one => one.Past?.Kinds[kind] ?? 0)).ToList();
        if (past.Count > 0) views.Add([.. candidates.Select((_, i) => past.Average(view => view[i]))]);
        return [.. candidates.Select((_, i) => views.Average(view => view[i]))];
    }

    private double[] View(List<Candidate> candidates, Func<Candidate, double> without) =>
        FailureLearner.Softmax(candidates.ConvertAll(one => one.Total - without(one)), _options.Temperature);

    /// <summary>A candidate with the words of its terms: only of those that are shown.</summary>
    private Candidate Told(Candidate one) => one.Symptoms.Count == 0
        ? one : one with { Terms = Terms(one.Resource, one.Symptoms, told: true) };

    private Candidate Member(ResourceId resource, List<Symptom> symptoms) =>
        new(resource, Terms(resource, symptoms, told: false), null) { Symptoms = symptoms };

    /// <param name="resource">A resource of the incident.</param>
    /// <param name="symptoms">Its symptoms.</param>
    /// <param name="told">Whether with words.</param>
    private List<CauseTerm> Terms(ResourceId resource, List<Symptom> symptoms, bool told)
    {
        var terms = new List<CauseTerm>();
        var changed = _changes.GetValueOrDefault(resource.Canonical);
        if (Place(resource, changed, told) is { } place) terms.Add(place);
        var time = Time(resource, told);
        if (changed is not null && TimeOf(changed) is var before && before.Value > time.Value) time = before;
        terms.Add(time);
        if (Direction(resource) is { } direction) terms.Add(direction);
        if (_platform.Of(resource, symptoms) is { } platform)
            terms.Add(new CauseTerm(CauseEvidence.Own, platform.Text, _options.Platform * platform.Share));
        var severity = symptoms.Max(symptom => symptom.Severity);
        terms.Add(new CauseTerm(
            CauseEvidence.Own, told ? $"severity {severity}" : "", _options.Severity * (byte)severity / (byte)Severity.Critical));
        if (Own(resource, told) is { Value: > 0 } own) terms.Add(own);
        if (changed is not null) terms.Add(Change(changed));
        return terms;
    }

    /// <summary>What depends on it, or what the change of a part of it explains, whichever is more.</summary>
    private CauseTerm? Place(ResourceId resource, WeighedChange? changed, bool told)
    {
        var others = _standing.Resources - 1;
        var dependants = _standing.Dependants(resource.Canonical);
        var needed = dependants == 0 ? 0 : _options.Upstream * dependants / others;
        if (changed is not null && !changed.Change.Resource.Equals(resource))
        {
            var part = PlaceOf(changed);
            if (part.Value > needed) return part;
        }

        return dependants == 0 ? null : new CauseTerm(
            CauseEvidence.Place, told ? $"{dependants} of the {others} other resources depend on it or are part of it" : "",
            needed);
    }

    private CauseTerm Time(ResourceId resource, bool told)
    {
        var (late, share) = _onset.Of(resource.Canonical, _options.EarlyDecay);
        var value = _options.Earliest * share * Math.Exp(-(late / _options.EarlyDecay));
        if (!told) return new CauseTerm(CauseEvidence.Time, "", value);
        var text = late > TimeSpan.Zero ? $"failed {late.TotalMinutes:0} min after the first" : "failed first";
        if (share < 0.995) text += FormattableString.Invariant($", {share:0%} of the others soon after it");
        return new CauseTerm(CauseEvidence.Time, text, value);
    }

    private CauseTerm? Direction(ResourceId resource)
    {
        var followers = _direction.Followers(resource.Canonical);
        if (followers == 0) return null;
        var others = _standing.Resources - 1;
        return new CauseTerm(
            CauseEvidence.Place,
            FormattableString.Invariant($"model {_direction.Model}: {followers} of the {others} others show what follows it"),
            _options.Learned * followers / others);
    }

    private CauseTerm Own(ResourceId resource, bool told)
    {
        var own = _complaints.Of(resource.Canonical);
        return new CauseTerm(
            CauseEvidence.Own, told ? FormattableString.Invariant($"complains of what others do not, {own:0%}") : "",
            _options.Own * own * (1 - _model.Trust));
    }

    private CauseTerm PlaceOf(WeighedChange weighed) => new(
        CauseEvidence.Place,
        FormattableString.Invariant($"what was changed there explains {weighed.Reach:0%} of the resources"),
        _options.Upstream * weighed.Reach);

    /// <summary>Being changed comes before all symptoms, where such a change seldom comes so near before by chance.</summary>
    private CauseTerm TimeOf(WeighedChange weighed)
    {
        var decay = weighed.Before >= TimeSpan.Zero ? _options.ChangeDecay : _options.EarlyDecay;
        var near = weighed.Before.Duration() / decay;
        return new CauseTerm(
            CauseEvidence.Time, "was changed shortly before anything failed", _options.Earliest * weighed.Rare * Math.Exp(-near));
    }

    private CauseTerm Change(WeighedChange weighed) => new(
        CauseEvidence.Change,
        FormattableString.Invariant(
            $"{weighed.Change.Operation ?? weighed.Change.Verb} {weighed.When}, near {weighed.Reach:0%} of the resources"),
        _options.Change * weighed.Reach * weighed.Rare);

    /// <summary>What shows nothing itself, and was changed: as bad as the mean of the others.</summary>
    private void AddChanged(List<Candidate> candidates, List<CauseTerm> means)
    {
        var own = candidates.Select(one => one.Resource.Canonical).ToHashSet();
        var silent = _changes.Where(pair => !own.Contains(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal);
        foreach (var (_, weighed) in silent)
        {
            candidates.Add(new Candidate(
                Changed(weighed),
                [PlaceOf(weighed), TimeOf(weighed), .. means.Where(term => term.Kind == CauseEvidence.Own), Change(weighed)],
                null));
        }
    }

    /// <summary>Adds what the past says, and what shows nothing itself but was the cause before oftener than chance: of
    /// time, place and severity that has the mean of the others.</summary>
    private void AddPast(List<Candidate> candidates, FailureEvidence failure, List<CauseTerm> means)
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
        candidates.AddRange(silent.Select(one => new Candidate(one.Id!, means, one.Past)));
    }

    /// <summary>What a person would call changed: a rule, a record, a route is a setting of what it is part of, an assignment of
    /// a role one of what it is on.</summary>
    private static ResourceId Changed(WeighedChange weighed)
    {
        var parts = weighed.Change.Resource.WithParents().ToList();
        return parts.Find(one => GraphRules.IsPart(one.Type)) ?? parts.LastOrDefault() ?? weighed.Change.Resource;
    }

    private static string Neutral(CauseEvidence kind)
    {
        var of = kind switch
        {
            CauseEvidence.Place => "place",
            CauseEvidence.Time => "time",
            CauseEvidence.Change => "changes",
            _ => "its own complaints",
        };
        return $"has no symptom itself: of {of} the mean of the others";
    }

    private sealed record Candidate(ResourceId Resource, List<CauseTerm> Terms, Abnormality? Past)
    {
        /// <summary>Its symptoms; none for what shows nothing itself.</summary>
        public List<Symptom> Symptoms { get; init; } = [];

        /// <summary>What evidence of each kind comes to, asked for each several times.</summary>
        private readonly double[] _kinds = Sums(Terms);
        private readonly double _all = Terms.Sum(term => term.Value);

        public double Total => _all + (Past?.Total ?? 0);

        /// <summary>What evidence of one kind comes to.</summary>
        public double Of(CauseEvidence kind) => _kinds[(int)kind];

        private static double[] Sums(List<CauseTerm> terms)
        {
            var sums = new double[(int)CauseEvidence.Past + 1];
            foreach (var term in terms) sums[(int)term.Kind] += term.Value;
            return sums;
        }

        public ImmutableArray<string> Reasons() => [.. Terms.Concat(OfPast()).Select(term => term.ToString())];

        private IEnumerable<CauseTerm> OfPast()
        {
            if (Past is null) yield break;
            for (var kind = 0; kind < Clue.Kinds; kind++)
            {
                var shown = Past.Heaviest.Where(one => (int)one.Clue.Kind == kind).Select(Line).ToList();
                if (shown.Count == 0 && Math.Abs(Past.Kinds[kind]) < 0.005) continue;
                yield return new CauseTerm(
                    CauseEvidence.Past,
                    $"{Name((ClueKind)kind)} against its usual{(shown.Count == 0 ? "" : ": ")}{string.Join(", ", shown)}",
                    Past.Kinds[kind]);
            }

            yield return new CauseTerm(CauseEvidence.Past, "how often it was the cause before", Past.Prior);
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
