using Correlation.Customers;
using Correlation.Detection;
using Correlation.Grouping;
using Correlation.Signals;

namespace Correlation.Tests.Detection;

/// <summary>A detector that is fed whole minutes: eight services, each with one or two metrics that wander a little, and what a
/// test says besides.</summary>
internal sealed class Minutes
{
    public const string Metric = "requests";

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private readonly MetricDetector _detector;
    private readonly Topology _topology;
    private readonly Random _random = new(7);
    private int _minute;

    public Minutes(DetectorSettings? options = null, params (string From, string To)[] edges)
    {
        _detector = new MetricDetector(options ?? new DetectorSettings());
        _topology = new Topology(edges.Select(edge => new DependencyEdge(edge.From, edge.To)));
    }

    public List<MinuteVerdict> Verdicts { get; } = [];

    public List<Outbreak> Outbreaks => [.. Verdicts.Select(verdict => verdict.Outbreak).OfType<Outbreak>()];

    public Topology Topology => _topology;

    public static ResourceId Service(int number) => ResourceId.Parse($"service{number}");

    public static MetricSeries Series(int number, MetricUnit unit = MetricUnit.Open, bool indicator = false) =>
        new(Service(number), Metric, unit, indicator);

    public static DateTimeOffset At(int minute) => Start.AddMinutes(minute);

    /// <summary>Plays minutes in which a service's value is as a function of service and minute says; none for null.</summary>
    public Minutes Play(int minutes, Func<int, int, double?> value, MetricUnit unit = MetricUnit.Open)
    {
        for (var i = 0; i < minutes; i++, _minute++)
        {
            var samples = Enumerable.Range(0, 8)
                .Select(service => (Series: Series(service, unit), Value: value(service, _minute)))
                .Where(one => one.Value is not null)
                .Select(one => new MetricSample(one.Series, one.Value!.Value)).ToList();
            Verdicts.Add(_detector.Observe(At(_minute), samples, _topology));
        }

        return this;
    }

    public Minutes PlayUsual(int minutes) => Play(minutes, (_, _) => Usual());

    /// <summary>Lets minutes pass of which nothing is heard.</summary>
    public Minutes Skip(int minutes)
    {
        _minute += minutes;
        return this;
    }

    public MinuteVerdict Observe(params MetricSample[] samples)
    {
        var verdict = _detector.Observe(At(_minute++), samples, _topology);
        Verdicts.Add(verdict);
        return verdict;
    }

    public double Usual(double level = 100) => level * (0.95 + (0.1 * _random.NextDouble()));
}
