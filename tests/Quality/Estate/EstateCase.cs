using Correlation.Customers;
using Correlation.Estate;
using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Quality.Recorded;
using Correlation.Replay;
using Correlation.Resources;
using Correlation.Signals;
using Correlation.Silo.Demo;

namespace Correlation.Quality.Estate;

/// <summary>An estate that is made once and played as often as is asked for, from several threads at once.</summary>
internal sealed class EstateCase
{
    /// <summary>When every estate ends.</summary>
    public static readonly DateTimeOffset End = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly CustomerMaps _customers;
    private readonly RecordedSignals[] _messages;
    private readonly IReadOnlyDictionary<RecordMark, string> _ids;

    public EstateCase(EstateDay day)
    {
        Day = day;
        _customers = PredictSignals.MapsOf(BundleWriter.CustomersJson(day.Truth));
        _messages = [.. Messages(day).ToBlockingEnumerable().Select((message, offset) =>
            new RecordedSignals(new Message("estate", 1, 0, offset, End + message.At), message.Body))];
        _ids = RecordIds.Of(day);
    }

    /// <summary>The estate.</summary>
    public EstateDay Day { get; }

    /// <summary>Plays its messages with its own customers file.</summary>
    /// <param name="grouping">How symptoms are grouped.</param>
    /// <param name="causes">How causes are ranked; null for the product's defaults.</param>
    public ReplayResult Play(GroupingOptions grouping, CauseOptions? causes = null) => RecordedSignals.Play(
        new ReplaySetup(_customers) { Grouping = grouping, Causes = causes ?? new CauseOptions() }, _messages);

    /// <summary>Incidents of a play by the truth's ids of their signals.</summary>
    public IReadOnlyList<SignalIncident> Incidents(IReadOnlyList<ReplayedIncident> found) =>
        [.. found.Select(incident => new SignalIncident(
            incident.Id,
            incident.Customer.Value,
            [.. incident.Members.SelectMany(m => m.Signals).Select(IdOf).Distinct()])
        {
            Cause = [.. incident.Causes.Select(cause => cause.Resource.Canonical)],
            Changes = [.. incident.Changes.Select(ranked => IdOf(ranked.Change.Signal))],
        })];

    /// <summary>Plays it and judges the incidents.</summary>
    public EstateScore Score(GroupingOptions grouping, CauseOptions? causes = null) =>
        EstateScore.Of(Day.Truth, Incidents(Play(grouping, causes).Incidents));

    private string IdOf(SignalReference signal) =>
        signal.ExternalId ?? _ids.GetValueOrDefault(new RecordMark((int)signal.Position.Offset, signal.Position.Record))
        ?? signal.Position.ToString();

    private static async IAsyncEnumerable<BundledMessage> Messages(EstateDay day)
    {
        using var bundle = new MemoryStream();
        BundleWriter.WriteMessages(day, bundle);
        bundle.Position = 0;
        await foreach (var message in BundleReader.ReadAsync(bundle, End)) yield return message;
    }
}
