using Correlation.Resources;

namespace Correlation.Incidents;

/// <summary>When an incident broke out: the start of a symptom after which the other resources fail soon. What complained long
/// before them, alone, is not that: it may be noise, or a wrong clock.</summary>
internal sealed class Onset
{
    /// <summary>What begins within this of each other breaks out together.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(20);

    /// <summary>In what time a resource that failed before tells so much less for a start.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(10);

    /// <summary>So many resources, those that failed first, and starts of each show when all began.</summary>
    private const int ResourcesMost = 64;
    private const int StartsMost = 8;

    private readonly Dictionary<string, List<DateTimeOffset>> _starts;
    private readonly List<KeyValuePair<string, List<DateTimeOffset>>> _looked;

    /// <summary>Looks at symptoms.</summary>
    /// <param name="symptoms">The symptoms, at least one.</param>
    public Onset(IEnumerable<Symptom> symptoms)
    {
        _starts = symptoms.GroupBy(symptom => symptom.Resource.Canonical).ToDictionary(
            group => group.Key,
            group => group.Select(symptom => symptom.Start).Distinct().Order().Take(StartsMost).ToList());
        _looked = [.. _starts.OrderBy(one => one.Value[0]).ThenBy(one => one.Key, StringComparer.Ordinal).Take(ResourcesMost)];
        At = _looked.SelectMany(one => one.Value).Distinct().Order().Take(ResourcesMost)
            .MaxBy(start => Math.Round(_looked.Sum(one => Fit(one.Value, start)), 9));
    }

    /// <summary>When it broke out, event time: the earliest of equals.</summary>
    public DateTimeOffset At { get; }

    /// <summary>How far a resource may have been the first: how late it failed after the outbreak, and the share of the others
    /// that did not fail long after it. Where it failed more than once, what tells most for it.</summary>
    /// <param name="resource">The canonical id of a resource of the incident.</param>
    /// <param name="decay">In what time being late counts a third.</param>
    public (TimeSpan Late, double Share) Of(string resource, TimeSpan decay) => _starts[resource]
        .Select(start => (Late: start > At ? start - At : TimeSpan.Zero, Share: Followed(resource, start)))
        .MaxBy(one => one.Share * Math.Exp(-(one.Late / decay)));

    private double Followed(string resource, DateTimeOffset start) => _looked.Where(one => one.Key != resource)
        .Select(one => one.Value[0] < start ? 1 : Soon(one.Value[0] - start)).DefaultIfEmpty(1).Average();

    /// <summary>How well a start fits one resource as that of all: it fails soon after it, or has at that very time.</summary>
    private static double Fit(List<DateTimeOffset> starts, DateTimeOffset start) =>
        starts.Contains(start) ? 1
        : starts[0] > start ? Soon(starts[0] - start)
        : Math.Exp(-((start - starts[0]) / Before));

    private static double Soon(TimeSpan after) =>
        after <= Together ? 1 : Math.Exp(-((after - Together) / Together));
}
