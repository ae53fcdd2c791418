using System.Diagnostics;
using System.Diagnostics.Metrics;
using Correlation.Remediation;

namespace Correlation.Grains.Remediation;

/// <summary>What remediation tells of its runs; there are few.</summary>
internal sealed class RemediationInstruments
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Correlation.Remediation";

    private readonly Counter<long> _runs;
    private readonly Counter<long> _verified;

    /// <summary>Makes the instruments.</summary>
    public RemediationInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _runs = meter.CreateCounter<long>("correlation.remediation.runs", "{run}",
            "Runs that came into a state, by state; those of rules in shadow apart, as shadow");
        _verified = meter.CreateCounter<long>("correlation.remediation.verified", "{run}",
            "Runs whose effect was judged, by verdict");
    }

    /// <summary>The source of spans.</summary>
    public ActivitySource Source { get; } = new(Name);

    /// <summary>Decisions are stored.</summary>
    public void OnDecided(IEnumerable<RemediationEvent> events)
    {
        foreach (var stored in events)
        {
            if (stored is RunVerified { Verification: var verdict }) Add(_verified, "verdict", verdict.ToString());
            else if (stored is RunCreated { Run.Shadow: true }) Add(_runs, "state", "shadow");
            else if (StateAfter(stored) is { } state) Add(_runs, "state", state.ToString());
        }
    }

    private static RunState? StateAfter(RemediationEvent stored) => stored switch
    {
        RunCreated created => created.Run.State,
        RunDecided decided => decided.Decision.Approve ? RunState.Approved : RunState.Rejected,
        RunWithdrawn => RunState.Withdrawn,
        SendStarted => RunState.Running,
        SendEnded ended => ended.State,
        _ => null,
    };

    private static void Add(Counter<long> counter, string tag, string value) =>
        counter.Add(1, new KeyValuePair<string, object?>(tag, value.ToLowerInvariant()));
}
