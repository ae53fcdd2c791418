namespace Correlation.Estate;

/// <summary>
/// Alertmanager's grouping. Alerts with the same values of <c>group_by</c> are one aggregation group; it is flushed after
/// <c>group_wait</c> and then every <c>group_interval</c>, and ends with the flush that finds all its alerts resolved. What
/// comes
/// later begins another. An alert whose end nobody tells ends after <c>resolve_timeout</c>. (<c>repeat_interval</c> only tells
/// again what was told, and so changes no group.)
/// </summary>
/// <param name="GroupBy">The labels of <c>group_by</c>.</param>
/// <param name="GroupWait">In seconds.</param>
/// <param name="GroupInterval">In seconds.</param>
/// <param name="ResolveTimeout">In seconds.</param>
public sealed record AlertmanagerBaseline(
    IReadOnlyList<string> GroupBy, double GroupWait, double GroupInterval, double ResolveTimeout)
{
    /// <summary>The settings of which the best is taken.</summary>
    public static IReadOnlyList<AlertmanagerBaseline> Settings { get; } =
    [
        .. from labels in new string[][]
           {
               ["customer"], ["customer", "resource_group"], ["customer", "alertname"],
               ["customer", "resource_group", "alertname"],
           }
           from wait in new[] { 30.0, 300 }
           from interval in new[] { 300.0, 1800 }
           from timeout in new[] { 300.0, 4 * 3600 }
           select new AlertmanagerBaseline(labels, wait, interval, timeout),
    ];

    /// <summary>Groups alerts that are in the order of their arrival.</summary>
    public IReadOnlyList<SignalIncident> Group(IReadOnlyList<AlertSignal> alerts)
    {
        List<SignalIncident> incidents = [];
        foreach (var group in alerts.GroupBy(a => a.KeyOf(GroupBy)))
        {
            List<AlertSignal> current = [];
            var resolved = double.NegativeInfinity;
            foreach (var alert in group)
            {
                if (current.Count > 0 && alert.Fired > EndOf(current[0].Fired, resolved))
                {
                    incidents.Add(Incident(incidents.Count, current));
                    (current, resolved) = ([], double.NegativeInfinity);
                }

                current.Add(alert);
                resolved = Math.Max(resolved,
                    double.IsPositiveInfinity(alert.Resolved) ? alert.Fired + ResolveTimeout : alert.Resolved);
            }

            incidents.Add(Incident(incidents.Count, current));
        }

        return incidents;
    }

    /// <summary>The first flush that finds all alerts resolved.</summary>
    private double EndOf(double begin, double resolved)
    {
        var first = begin + GroupWait;
        return resolved <= first ? first : first + (Math.Ceiling((resolved - first) / GroupInterval) * GroupInterval);
    }

    private static SignalIncident Incident(int number, List<AlertSignal> group) =>
        new($"aggregation-{number}", group[0].Customer, [.. group.Select(a => a.Id)]);
}
