namespace Correlation.Estate;

/// <summary>The plainest grouping: alerts with the same labels whose distance in time is below a window.</summary>
/// <param name="Labels">The labels.</param>
/// <param name="Window">The window, in seconds.</param>
/// <param name="Sliding">Whether the window begins anew with each alert; else with a group's first.</param>
public sealed record WindowBaseline(IReadOnlyList<string> Labels, double Window, bool Sliding)
{
    /// <summary>The settings of which the best is taken.</summary>
    public static IReadOnlyList<WindowBaseline> Settings { get; } =
    [
        .. from window in new[] { 300.0, 600, 900, 1800, 3600, 7200 }
           from sliding in new[] { true, false }
           select new WindowBaseline(["customer", "resource_group"], window, sliding),
    ];

    /// <summary>Groups alerts that are in the order of their arrival.</summary>
    public IReadOnlyList<SignalIncident> Group(IReadOnlyList<AlertSignal> alerts)
    {
        List<(string Customer, List<string> Ids)> groups = [];
        Dictionary<string, (int Group, double Since)> open = new(StringComparer.Ordinal);
        foreach (var alert in alerts)
        {
            var key = alert.KeyOf(Labels);
            if (open.TryGetValue(key, out var group) && alert.Fired - group.Since < Window)
            {
                groups[group.Group].Ids.Add(alert.Id);
                if (Sliding) { open[key] = (group.Group, alert.Fired); }

                continue;
            }

            open[key] = (groups.Count, alert.Fired);
            groups.Add((alert.Customer, [alert.Id]));
        }

        return [.. groups.Select((g, i) => new SignalIncident($"window-{i}", g.Customer, g.Ids))];
    }
}
