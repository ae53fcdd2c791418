using System.Collections.Immutable;
using Correlation.Estate;
using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Quality.Estate;

namespace Correlation.Quality.Weights;

/// <summary>Estates that many settings of the weights are tried on, as many at a time as there are processors.</summary>
internal sealed class Trials
{
    private readonly EstateCase[] _cases;

    /// <param name="options">What estates to make.</param>
    /// <param name="seeds">One for each seed.</param>
    public Trials(EstateOptions options, IReadOnlyList<int> seeds) => _cases =
        [.. Parallelly(seeds, seed => new EstateCase(AzureEstate.Generate(options with { Seed = (ulong)seed })))];

    /// <summary>How many estates were played so far.</summary>
    public int Played { get; private set; }

    /// <summary>The scores of each setting, in the order of the settings and of the seeds.</summary>
    /// <param name="settings">Weights, each with all of them.</param>
    /// <param name="seeds">Which of the estates, by their place among the seeds; all where none is named.</param>
    /// <exception cref="ArgumentException">An estate has no failure to find.</exception>
    public IReadOnlyList<IReadOnlyList<EstateScore>> Of(
        IReadOnlyList<ImmutableSortedDictionary<string, double>> settings, params IReadOnlyList<int> seeds)
    {
        EstateCase[] cases = seeds.Count == 0 ? _cases : [.. seeds.Select(place => _cases[place])];
        return Of([.. settings.Select(one => (OptionsOf(one), new CauseOptions()))], cases);
    }

    /// <summary>The scores of each way to rank causes, in the order of the ways and of the seeds.</summary>
    /// <exception cref="ArgumentException">An estate has no failure to find.</exception>
    public IReadOnlyList<IReadOnlyList<EstateScore>> Of(IReadOnlyList<CauseOptions> causes) =>
        Of([.. causes.Select(one => (Judgement.Grouping, one))], _cases);

    private IReadOnlyList<IReadOnlyList<EstateScore>> Of(
        IReadOnlyList<(GroupingOptions Grouping, CauseOptions Causes)> settings, EstateCase[] cases)
    {
        var scores = Parallelly(
            [.. settings.SelectMany(one => cases.Select(estate => (Options: one, Estate: estate)))],
            trial => trial.Estate.Score(trial.Options.Grouping, trial.Options.Causes));
        if (scores.Exists(score => score.Failures.Count == 0))
            throw new ArgumentException("An estate of these kinds and hours has no failure that deserves an incident.");
        Played += scores.Count;
        return [.. scores.Chunk(cases.Length)];
    }

    /// <summary>The weights of options.</summary>
    public static ImmutableSortedDictionary<string, double> WeightsOf(GroupingOptions options) => GroupingWeights.Names
        .ToImmutableSortedDictionary(
            name => name, name => (double)typeof(GroupingOptions).GetProperty(name)!.GetValue(options)!, StringComparer.Ordinal);

    /// <summary>The options that are judged by, with other weights.</summary>
    public static GroupingOptions OptionsOf(ImmutableSortedDictionary<string, double> weights)
    {
        var options = new GroupingOptions();
        foreach (var property in typeof(GroupingOptions).GetProperties())
        {
            property.SetValue(options, weights.TryGetValue(property.Name, out var weight)
                ? weight : property.GetValue(Judgement.Grouping));
        }

        return options;
    }

    private static List<TResult> Parallelly<T, TResult>(IReadOnlyList<T> items, Func<T, TResult> work) =>
        [.. items.AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.FullyBuffered)
            .WithDegreeOfParallelism(Environment.ProcessorCount).Select(work)];
}
