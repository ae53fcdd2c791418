using System.Text;
using System.Text.Json;
using Correlation.Customers;
using Correlation.Replay;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Quality.Recorded;

/// <summary>Finds the incidents of recorded payloads of Azure.</summary>
internal static class PredictSignals
{
    public static IReadOnlyDictionary<string, object> Run(Arguments arguments)
    {
        var files = arguments.Files(2);
        var maps = arguments.Find("customers") is { } customers ? MapsOf(File.ReadAllText(customers)) : CustomerMaps.None;
        var result = RecordedSignals.Play(new ReplaySetup(maps).Judging(), Read(files[0]));
        File.WriteAllText(files[1], JsonSerializer.Serialize(result.Incidents.Select(Written), JsonLines.Form) + "\n");
        return new Dictionary<string, object>
        {
            ["messages"] = result.Signals.Messages,
            ["signals"] = result.Signals.Signals,
            ["rejected"] = result.Signals.Rejected,
            ["late"] = result.Signals.Late,
            ["duplicate"] = result.Signals.Duplicate,
            ["incidents"] = result.Incidents.Length,
            ["alone"] = result.Alone.Length,
        };
    }

    public static CustomerMaps MapsOf(string json) => new(new CustomerMap(CustomerFileReader.Read(json)));

    /// <summary>An incident as it is written.</summary>
    public static WrittenIncident Written(ReplayedIncident incident) => new(
        incident.Id,
        incident.Customer.Value,
        Times.ToEpoch(incident.Opened),
        [.. incident.Members.SelectMany(member => member.Signals).Select(NameOf).Distinct()],
        [.. incident.Causes.Select(cause => cause.Resource.Display)],
        [.. incident.Changes.Select(ranked => NameOf(ranked.Change.Signal))]);

    private static string NameOf(SignalReference signal) => signal.ExternalId ?? signal.Position.ToString();

    /// <exception cref="InvalidDataException">A line is no recorded message with a time.</exception>
    private static IEnumerable<RecordedSignals> Read(string file)
    {
        var offset = 0L;
        foreach (var (number, line) in File.ReadLines(file).Index())
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (RecordedLine.Read(line) is not { Time: { } time } read)
                throw new InvalidDataException($"{Path.GetFileName(file)}, line {number + 1}: expected {RecordedLine.Forms}.");
            yield return new RecordedSignals(new Message("recorded", 1, 0, offset++, time), Encoding.UTF8.GetBytes(read.Body));
        }
    }
}

/// <summary>What is written of an incident.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Customer">The customer's key.</param>
/// <param name="Opened">When it was opened, in seconds since 1970.</param>
/// <param name="Members">Its signals: alertId, eventDataId or position.</param>
/// <param name="Cause">The resources, the likeliest cause first.</param>
/// <param name="Changes">The eventDataIds of changes, the likeliest first.</param>
internal sealed record WrittenIncident(
    string Id, string Customer, double Opened, IReadOnlyList<string> Members, IReadOnlyList<string> Cause,
    IReadOnlyList<string> Changes);
