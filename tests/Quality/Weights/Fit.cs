using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Correlation.Estate;
using Correlation.Grouping;
using Correlation.Quality.Estate;

namespace Correlation.Quality.Weights;

using Weighting = ImmutableSortedDictionary<string, double>;

/// <summary>Learns the weights of the evidence on the kinds of failure for tuning, and writes a file of them.</summary>
internal static class Fit
{
    private const int Rounds = 2;
    private const int VersionDigits = 8;

    private static readonly ImmutableArray<string> Tuning = [.. EstateOptions.TuningKinds.Select(NameOf)];

    public static IReadOnlyDictionary<string, object> Run(Arguments arguments)
    {
        var file = arguments.Files(1)[0];
        var kinds = Kinds(arguments.Find("kinds"));
        var seeds = arguments.Range("seeds");
        var rounds = arguments.Number("rounds", Rounds);
        var from = arguments.Find("start");
        var start = from is null ? GroupingWeights.Shipped : GroupingWeights.Read(File.ReadAllText(from));
        Check(start.LearnedOn);
        var first = from is null ? Trials.WeightsOf(Judgement.Grouping) : start.Weights;
        var (one, other) = Halves(seeds.Count);
        var trials = new Trials(HardScore.Options(arguments, kinds, quiet: false), seeds);
        var origin = new WeightsOrigin
        {
            Kinds = [.. start.LearnedOn.Kinds.Union(kinds.Select(NameOf))],
            Seeds = [.. start.LearnedOn.Seeds.Union(seeds).Order()],
            Command = $"fit {arguments}",
            Figures = ImmutableSortedDictionary.Create<string, Weighting>(StringComparer.Ordinal)
                .Add("before", Figures(trials, first)),
        };
        var steps = 0;
        var best = first;
        var search = new CoordinateSearch(
            (settings, half) => [.. trials.Of(settings, half == 0 ? one : other).Select(Objective.Of)],
            tried =>
            {
                Tell(tried);
                if (!tried.Kept) return;
                best = best.SetItem(tried.Name, tried.To);
                steps++;
                Write(file, best, origin);
            });
        search.Search(first, rounds);
        origin = origin with { Figures = origin.Figures.Add("after", Figures(trials, best)) };
        Write(file, best, origin);
        return new Dictionary<string, object>(Prefixed("before", origin)
            .Concat(Prefixed("after", origin)).ToDictionary(pair => pair.Key, pair => (object)pair.Value))
        {
            ["steps"] = steps,
            ["played"] = trials.Played,
        };
    }

    /// <summary>The kinds that are asked for.</summary>
    /// <param name="text">As the command names them; null for all that are for tuning.</param>
    /// <exception cref="ArgumentException">One of them is for reporting.</exception>
    public static IReadOnlyList<FailureKind> Kinds(string? text)
    {
        var kinds = text is null ? EstateOptions.TuningKinds : EstateOptions.ParseKinds(text);
        if (kinds.Count == 0) throw new ArgumentException("--kinds names no kind of failure.");
        return kinds.Except(EstateOptions.TuningKinds).FirstOrDefault() is not 0 and var kind
            ? throw new ArgumentException($"{NameOf(kind)} is a kind for reporting: nothing is learned on it.")
            : kinds;
    }

    /// <summary>The places of the seeds in two halves, every other one; a single one is both, which guards nothing.</summary>
    public static (IReadOnlyList<int> First, IReadOnlyList<int> Second) Halves(int seeds)
    {
        var all = Enumerable.Range(0, seeds).ToList();
        if (seeds > 1) return ([.. all.Where(place => place % 2 == 0)], [.. all.Where(place => place % 2 == 1)]);
        Console.WriteLine("one seed is no two halves: nothing guards against following its noise");
        return (all, all);
    }

    /// <summary>Refuses what comes from weights that were learned on kinds for reporting.</summary>
    /// <exception cref="ArgumentException">They were.</exception>
    private static void Check(WeightsOrigin origin)
    {
        if (origin.Kinds.Except(Tuning).FirstOrDefault() is { } kind)
            throw new ArgumentException($"The weights to start from were learned on {kind}, which is no kind for tuning.");
    }

    private static void Tell(Tried tried) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"round {tried.Round}  {tried.Name,-15} {tried.From:0.###}")
        + (tried.Kept
            ? string.Create(CultureInfo.InvariantCulture, $" -> {tried.To:0.###}  {tried.Gain:+0.0000}  ")
            + string.Create(CultureInfo.InvariantCulture, $"halves {tried.First:0.0000}, {tried.Second:0.0000}")
            : " stays"));

    private static Weighting Figures(Trials trials, Weighting weights)
    {
        var scores = trials.Of([weights])[0];
        return HardScore.Figures(scores).Append(new("objective", Math.Round(Objective.Of(scores), 4)))
            .ToImmutableSortedDictionary(
                pair => pair.Key, pair => Convert.ToDouble(pair.Value, CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }

    private static IEnumerable<KeyValuePair<string, double>> Prefixed(string when, WeightsOrigin origin) =>
        new[] { "objective", "f1", "macroF1", "causeTop1", "falseShare" }.Select(figure => KeyValuePair.Create(
            $"{when}{char.ToUpperInvariant(figure[0])}{figure[1..]}", origin.Figures[when][figure]));

    /// <summary>Written beside it first, so that a fit that is stopped leaves the last step that it kept.</summary>
    private static void Write(string file, Weighting weights, WeightsOrigin origin)
    {
        var text = string.Join(' ', weights.Select(weight => string.Create(CultureInfo.InvariantCulture, $"{weight}")));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..VersionDigits];
        File.WriteAllText($"{file}.part", new GroupingWeights { Version = hash, LearnedOn = origin, Weights = weights }.Write());
        File.Move($"{file}.part", file, overwrite: true);
    }

    private static string NameOf(FailureKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
