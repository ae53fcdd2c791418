using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
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
        var lines = JsonLines.Read<SignalLine>(files[0]).Select((line, offset) => (
            Message: new Message("recorded", 1, 0, offset, Times.OfEpoch(line.Arrival)), Body: BytesOf(line.Body)));
        var result = Play(new ReplaySetup(maps), lines);
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

    /// <summary>Plays messages in the order of their log times.</summary>
    public static ReplayResult Play(ReplaySetup setup, IEnumerable<(Message Message, byte[] Body)> messages)
    {
        var engine = new ReplayEngine(setup.Judging());
        foreach (var (message, body) in messages.OrderBy(one => one.Message.LogTime).ThenBy(one => one.Message.Offset))
        {
            engine.Feed(body, message);
        }

        return engine.Finish();
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

    /// <summary>A payload that is text is that text, as a stream would hold it.</summary>
    private static byte[] BytesOf(JsonElement body) =>
        Encoding.UTF8.GetBytes(body.ValueKind == JsonValueKind.String ? body.GetString()! : body.GetRawText());
}

/// <summary>A recorded message.</summary>
/// <param name="Arrival">When it was stored, in seconds since 1970.</param>
/// <param name="Body">The payload.</param>
internal sealed record SignalLine(
    [property: JsonPropertyName("arrival"), JsonRequired] double Arrival,
    [property: JsonPropertyName("body"), JsonRequired] JsonElement Body);

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
