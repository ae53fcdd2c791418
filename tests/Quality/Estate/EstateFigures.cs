using Correlation.Estate;

namespace Correlation.Quality.Estate;

/// <summary>The figures of incidents against ground truth, summed over estates.</summary>
internal sealed class EstateFigures
{
    private long _together;
    private long _predicted;
    private long _true;
    private int _estates;
    private int _failures;
    private int _found;
    private int _passed;
    private int _top1;
    private int _top3;
    private int _incidents;
    private int _false;
    private int _mixed;
    private int _foreign;

    /// <summary>Adds the incidents of an estate.</summary>
    /// <param name="truth">What really happened.</param>
    /// <param name="incidents">What was found.</param>
    /// <param name="kinds">The kinds of failure that count; null for all.</param>
    public void Add(Truth truth, IReadOnlyList<JudgedIncident> incidents, IReadOnlySet<string>? kinds)
    {
        _estates++;
        var found = incidents.Select(incident => incident.Found).ToList();
        var verdict = Judge.Of(truth, found);
        var kindOf = truth.Failures.ToDictionary(failure => failure.Id);
        var counted = verdict.Failures.Where(one => kinds?.Contains(kindOf[one.Failure].Kind) != false).ToList();
        foreach (var failure in counted) Failure(kindOf[failure.Failure], failure, incidents);
        var symptoms = Symptoms(truth, found);
        Pairs(symptoms.Where(one => one.Failure is null || counted.Exists(failure => failure.Failure == one.Failure)).ToList());
        var real = symptoms.Where(one => one.Failure is not null).SelectMany(one => one.Incidents).ToHashSet();
        _incidents += incidents.Count;
        _false += incidents.Count(incident => !real.Contains(incident.Found.Id));
        _mixed += verdict.Mixed.Count;
        var owners = truth.Resources.ToDictionary(one => one.Id.ToLowerInvariant(), one => one.Customer);
        _foreign += found.Count(incident => incident.Members
            .Select(member => owners.GetValueOrDefault(member.Resource.ToLowerInvariant())).OfType<string>()
            .Distinct().Count() > 1);
    }

    /// <summary>All figures.</summary>
    public Dictionary<string, object> All()
    {
        var (precision, recall) = (Share(_together, _predicted), Share(_together, _true));
        return new Dictionary<string, object>
        {
            ["estates"] = _estates,
            ["failures"] = _failures,
            ["found"] = _found,
            ["passed"] = _passed,
            ["incidents"] = _incidents,
            ["f1"] = Math.Round(precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0, 4),
            ["precision"] = precision,
            ["recall"] = recall,
            ["causeTop1"] = Share(_top1, _failures),
            ["causeTop3"] = Share(_top3, _failures),
            ["falseShare"] = Share(_false, _incidents),
            ["mixed"] = _mixed,
            ["acrossCustomers"] = _foreign,
        };
    }

    private void Failure(TruthFailure truth, FailureVerdict verdict, IReadOnlyList<JudgedIncident> incidents)
    {
        if (truth.MinIncidents == 0) return;
        _failures++;
        if (verdict.Passes) _passed++;
        if (incidents.FirstOrDefault(incident => incident.Found.Id == verdict.Main) is not { } main) return;
        _found++;
        var place = main.Causes.Select(cause => cause.ToLowerInvariant()).ToList().IndexOf(truth.RootResource.ToLowerInvariant());
        if (place == 0) _top1++;
        if (place is >= 0 and < 3) _top3++;
    }

    /// <summary>Each true symptom with the incidents that hold it; noise belongs to no failure. A failure of one symptom is
    /// judged for each, so that there is one judge.</summary>
    private static List<PlacedSymptom> Symptoms(Truth truth, IReadOnlyList<FoundIncident> found)
    {
        var all = truth.Failures.SelectMany(failure => failure.Symptoms.Select(one => (failure.Id, failure.MinIncidents, one)))
            .Select(pair => (Failure: pair.MinIncidents > 0 ? pair.Id : null, pair.one))
            .Concat(truth.Noise.Select(one => (Failure: (string?)null, one))).ToList();
        var asked = truth with
        {
            Failures = [.. all.Select((pair, i) => new TruthFailure
            {
                Id = $"{i}",
                Kind = "",
                Customer = "",
                RootResource = "",
                Cause = "",
                Start = pair.one.Start,
                End = pair.one.End,
                Symptoms = [pair.one],
            })],
        };
        return [.. Judge.Of(asked, found).Failures.Select((one, i) => new PlacedSymptom(all[i].Failure, one.Incidents))];
    }

    /// <summary>Pairs of symptoms in one incident, and pairs of one failure.</summary>
    private void Pairs(List<PlacedSymptom> symptoms)
    {
        for (var i = 0; i < symptoms.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var same = symptoms[i].Failure is not null && symptoms[i].Failure == symptoms[j].Failure;
                var joined = symptoms[i].Incidents.Any(symptoms[j].Incidents.Contains);
                if (same) _true++;
                if (joined) _predicted++;
                if (same && joined) _together++;
            }
        }
    }

    private static double Share(long part, long whole) => whole == 0 ? 0 : Math.Round(part / (double)whole, 4);

    private sealed record PlacedSymptom(string? Failure, IReadOnlyList<string> Incidents);
}

/// <summary>An incident with its causes.</summary>
/// <param name="Found">As the judge takes it.</param>
/// <param name="Causes">The resources' ids, the likeliest first.</param>
internal sealed record JudgedIncident(FoundIncident Found, IReadOnlyList<string> Causes);
