namespace Correlation.Learning;

/// <summary>Two resources that failed together.</summary>
/// <param name="A">The canonical id of the one, before the other by id.</param>
/// <param name="B">The other.</param>
/// <param name="Times">How often their outbreaks began within <see cref="EdgeLearner.Within"/> of each other.</param>
/// <param name="Chance">How often chance or their hours would have it.</param>
/// <param name="First">The first such outbreak.</param>
/// <param name="Last">The last one.</param>
internal sealed record FailedTogether(
    string A, string B, int Times, double Chance, DateTimeOffset First, DateTimeOffset Last);

/// <summary>Learns which resources fail together although nothing is known between them: by the likelihood ratio of a Poisson
/// count against chance, corrected for how many pairs were met, as <see cref="CauseLearner"/> does of kinds.</summary>
/// <remarks>What two resources do at the same hours, a job or a backup at night, is no failure of both: where each also begins
/// when the other did a day before or after, that is what chance gives.</remarks>
internal static class EdgeLearner
{
    /// <summary>What begins within this of each other began together.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    /// <summary>The most edges of one version.</summary>
    public const int Most = 200;

    private const int TimesLeast = 3;
    private const int CrowdMost = 12;
    private const int PairsMost = 50_000;
    private const long Day = 86_400;

    /// <summary>Complaints of a resource that follow each other within this are of one outbreak.</summary>
    private static readonly long OneOutbreak = (long)TimeSpan.FromMinutes(60).TotalSeconds;

    private static readonly long Reach = (long)Within.TotalSeconds;

    /// <summary>Learns, surest first.</summary>
    /// <param name="starts">The starts of what is sealed.</param>
    /// <param name="now">Until when.</param>
    /// <param name="isKnown">Whether two resources are known to have to do with each other.</param>
    public static IReadOnlyList<FailedTogether> Learn(
        SealedStarts starts, DateTimeOffset now, Func<string, string, bool> isKnown)
    {
        var outbreaks = Outbreaks(starts, now.ToUnixTimeSeconds());
        if (outbreaks.Count < 2) return [];
        var met = Met(outbreaks);
        var span = Math.Max(1, now.ToUnixTimeSeconds() - outbreaks[0].Second);
        var of = outbreaks.GroupBy(one => one.Resource).ToDictionary(
            group => group.Key, group => group.Select(one => one.Second).ToList());
        var threshold = Math.Log(Math.Max(1, met.Count) / CauseLearner.Alpha);
        return
        [
            .. from pair in met
               where pair.Value.Count >= TimesLeast
               let chance = Chance(of[pair.Key.A], of[pair.Key.B], span)
               let weight = CauseLearner.RatioOf(pair.Value.Count, chance)
               where weight > threshold
               let a = starts.Resources[pair.Key.A]
               let b = starts.Resources[pair.Key.B]
               let ordered = string.CompareOrdinal(a, b) < 0 ? (A: a, B: b) : (A: b, B: a)
               where !isKnown(ordered.A, ordered.B)
               orderby weight descending, ordered.A, ordered.B
               select new FailedTogether(
                   ordered.A, ordered.B, pair.Value.Count, Math.Round(chance, 6), At(pair.Value[0]), At(pair.Value[^1])),
        ];
    }

    private static DateTimeOffset At(long second) => DateTimeOffset.FromUnixTimeSeconds(second);

    /// <summary>When each resource began to complain after it was silent, in the order of time.</summary>
    private static List<(long Second, int Resource)> Outbreaks(SealedStarts starts, long now) =>
    [
        .. starts.All.Where(start => start.Second <= now).GroupBy(start => start.Resource)
            .SelectMany(group => Begun([.. group.Select(start => start.Second).Order()])
                .Select(second => (Second: second, Resource: group.Key)))
            .OrderBy(one => one.Second).ThenBy(one => starts.Resources[one.Resource], StringComparer.Ordinal),
    ];

    private static IEnumerable<long> Begun(List<long> seconds) =>
        seconds.Where((second, i) => i == 0 || second - seconds[i - 1] > OneOutbreak);

    /// <summary>When the outbreaks of two began together. Where many begin at once that says little of any two.</summary>
    private static Dictionary<(int A, int B), List<long>> Met(List<(long Second, int Resource)> outbreaks)
    {
        var met = new Dictionary<(int A, int B), List<long>>();
        var first = 0;
        for (var i = 0; i < outbreaks.Count; i++)
        {
            while (outbreaks[i].Second - outbreaks[first].Second > Reach) first++;
            if (i - first >= CrowdMost) continue;
            for (var j = first; j < i; j++)
            {
                var pair = (Math.Min(outbreaks[i].Resource, outbreaks[j].Resource),
                    Math.Max(outbreaks[i].Resource, outbreaks[j].Resource));
                if (!met.TryGetValue(pair, out var times))
                {
                    if (met.Count >= PairsMost) continue;
                    met[pair] = times = [];
                }

                times.Add(outbreaks[i].Second);
            }
        }

        return met;
    }

    /// <summary>How often two would begin together by their rates, or as they do a day apart, whichever is more; never
    /// nothing.</summary>
    private static double Chance(List<long> one, List<long> other, long span)
    {
        var byRate = one.Count * (double)other.Count * 2 * Reach / span;
        var byHour = (Together(one, other, Day) + Together(one, other, -Day)) / 2.0;
        return Math.Max(Math.Max(byRate, byHour), 1e-3);
    }

    private static int Together(List<long> one, List<long> other, long shift) => one.Count(second =>
    {
        var at = other.BinarySearch(second + shift - Reach);
        if (at < 0) at = ~at;
        return at < other.Count && other[at] <= second + shift + Reach;
    });
}
