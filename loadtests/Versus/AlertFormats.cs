using System.Text;
using System.Text.Json;
using Correlation.LoadTests.Shared;

namespace Correlation.LoadTests.Versus;

/// <summary>The same alerts as each product is sent them.</summary>
internal static class AlertFormats
{
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(2);

    /// <summary>As Prometheus sends them to Alertmanager's API v2: an array of alerts, each with labels, annotations and an end
    /// that lies ahead.</summary>
    public static byte[] Alertmanager(IEnumerable<TestAlert> alerts)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartArray();
            foreach (var alert in alerts) Write(json, alert);
            json.WriteEndArray();
        }

        return body.ToArray();
    }

    /// <summary>As Azure's action groups send them: the common alert schema; several as an array.</summary>
    public static byte[] Azure(IEnumerable<TestAlert> alerts)
    {
        var texts = alerts.Select(alert => Alerts.Fired(alert.Resource, alert.Rule, alert.Id, 1, alert.At));
        return Encoding.UTF8.GetBytes($"[{string.Join(',', texts)}]");
    }

    private static void Write(Utf8JsonWriter json, TestAlert alert)
    {
        json.WriteStartObject();
        json.WriteStartObject("labels");
        json.WriteString("alertname", alert.Rule);
        json.WriteString("customer", alert.Subscription);
        json.WriteString("resource_group", alert.Group);
        json.WriteString("resource", alert.Resource);
        json.WriteString("severity", "error");
        json.WriteString("metric", "Percentage CPU");
        json.WriteEndObject();
        json.WriteStartObject("annotations");
        json.WriteString("summary", "A metric crossed its threshold");
        json.WriteString("value", "93.5");
        json.WriteEndObject();
        json.WriteString("startsAt", alert.At);
        json.WriteString("endsAt", alert.At + Lasts);
        json.WriteString("generatorURL", $"http://127.0.0.1/graph?rule={alert.Rule}&id={alert.Id}");
        json.WriteEndObject();
    }
}
