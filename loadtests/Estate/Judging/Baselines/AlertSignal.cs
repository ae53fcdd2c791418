using System.Globalization;
using System.Text.Json;

namespace Correlation.Estate;

/// <summary>An alert as whoever groups by labels sees it.</summary>
/// <param name="Id">Its alertId.</param>
/// <param name="Customer">Its customer's key.</param>
/// <param name="Group">The resource group of its first target.</param>
/// <param name="Rule">Its rule's name.</param>
/// <param name="Fired">When its message came, in seconds relative to the end.</param>
/// <param name="Resolved">When it was told to be resolved; infinite where never.</param>
public sealed record AlertSignal(string Id, string Customer, string Group, string Rule, double Fired, double Resolved)
{
    /// <summary>The alerts of an estate, by arrival.</summary>
    public static IReadOnlyList<AlertSignal> Of(EstateDay day)
    {
        var owner = day.Truth.Customers.SelectMany(c => c.Subscriptions.Select(s => (s, c.Key)))
            .ToDictionary(x => x.s, x => x.Key, StringComparer.OrdinalIgnoreCase);
        Dictionary<string, AlertSignal> alerts = new(StringComparer.Ordinal);
        Dictionary<string, double> resolved = new(StringComparer.Ordinal);
        foreach (var message in day.Messages.Where(m => m.TokenBody.StartsWith("{\"schemaId\"", StringComparison.Ordinal)))
        {
            using var json = JsonDocument.Parse(message.TokenBody);
            var essentials = json.RootElement.GetProperty("data").GetProperty("essentials");
            var id = essentials.GetProperty("alertId").GetString()!;
            if (essentials.GetProperty("monitorCondition").GetString() == "Resolved")
            {
                resolved.TryAdd(id, message.AtSeconds);
                continue;
            }

            var target = essentials.GetProperty("alertTargetIDs")[0].GetString()!.Split('/');
            alerts.TryAdd(id, new AlertSignal(id, owner[target[2]], target.Length > 4 ? target[4] : "",
                essentials.GetProperty("alertRule").GetString()!, message.AtSeconds, double.PositiveInfinity));
        }

        return [.. alerts.Values
            .Select(a => a with { Resolved = Math.Max(a.Fired, resolved.GetValueOrDefault(a.Id, a.Resolved)) })
            .OrderBy(a => a.Fired).ThenBy(a => a.Id, StringComparer.Ordinal)];
    }

    /// <summary>The value of a label by the name that Alertmanager's configuration would use.</summary>
    /// <exception cref="ArgumentException">There is no such label.</exception>
    public string Label(string name) => name switch
    {
        "customer" => Customer,
        "resource_group" => Group,
        "alertname" => Rule,
        _ => throw new ArgumentException($"There is no label '{name}'."),
    };

    /// <summary>The values of labels, as a key.</summary>
    internal string KeyOf(IEnumerable<string> labels) =>
        string.Join('|', labels.Select(Label)).ToLower(CultureInfo.InvariantCulture);
}
