using System.ComponentModel.DataAnnotations;

namespace Correlation.Estate;

/// <summary>
/// A stream of messages as a large estate makes them, without a model of the estate: by records 70 % metrics, 25 % resource
/// logs, 4 % activity log, 1 % alerts, in batches as Azure's, up to about 200 KB a message.
/// </summary>
public static class MixedLoad
{
    private const int OfEachBatch = 250;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly double[] Shares = [0.70, 0.25, 0.04, 0.01];

    /// <summary>Makes the messages one by one, in order of log time.</summary>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public static IEnumerable<LoadMessage> Messages(MixedLoadOptions options)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        return Make(options);
    }

    /// <summary>The subscription of each customer of a load.</summary>
    public static IReadOnlyList<string> Subscriptions(MixedLoadOptions options) =>
        new LoadResources(options, new Rng(options.Seed).Fork("resources")).Subscriptions;

    /// <summary>Messages that hold one metric value of every resource, of the minute before the load: whoever applied them has
    /// met them all.</summary>
    /// <param name="options">The load; how many records it has plays no part.</param>
    public static IEnumerable<LoadMessage> OfEach(MixedLoadOptions options)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        var resources = new LoadResources(options, new Rng(options.Seed).Fork("resources"));
        var writer = new LoadWriter(resources, new Rng(options.Seed).Fork("each"), options.Start.UtcDateTime, Minute);
        for (var first = 0; first < options.Resources; first += OfEachBatch)
        {
            var count = Math.Min(OfEachBatch, options.Resources - first);
            yield return new LoadMessage(options.Start, writer.WriteOfEach(first, count), count, LoadFamily.Metric);
        }
    }

    /// <summary>How many records a second so many resources make, with one value a minute of each metric.</summary>
    public static double NaturalRate(int resources) => resources * LoadResources.MetricsEach / Shares[0] / 60;

    private static IEnumerable<LoadMessage> Make(MixedLoadOptions options)
    {
        var seed = new Rng(options.Seed);
        var resources = new LoadResources(options, seed.Fork("resources"));
        var rng = options.Part == 0 ? seed : seed.Fork(FormattableString.Invariant($"part-{options.Part}"));
        var recordsPerSecond = options.RecordsPerSecond;
        var pass = Minute * (NaturalRate(options.Resources) / recordsPerSecond);
        var writer = new LoadWriter(resources, rng.Fork("records"), options.Start.UtcDateTime, pass);
        var made = new long[Shares.Length];
        for (long done = 0; done < options.Records;)
        {
            var family = MostBehind(made, done);
            var count = (int)Math.Min(BatchSize(family, rng), options.Records - done);
            var logTime = options.Start.UtcDateTime.AddTicks((long)(done / recordsPerSecond * TimeSpan.TicksPerSecond));
            var body = writer.Write(family, count, logTime);
            yield return new LoadMessage(logTime, body, count, family);
            made[(int)family] += count;
            done += count;
        }
    }

    private static LoadFamily MostBehind(long[] made, long done)
    {
        var most = 0;
        for (var i = 1; i < Shares.Length; i++)
        {
            if ((Shares[i] * done) - made[i] > (Shares[most] * done) - made[most]) { most = i; }
        }

        return (LoadFamily)most;
    }

    private static int BatchSize(LoadFamily family, Rng rng) => family switch
    {
        LoadFamily.Metric => 40 + rng.Below(360),
        LoadFamily.Log => 20 + rng.Below(240),
        LoadFamily.Activity => 1 + rng.Below(24),
        _ => 1,
    };
}
