using Correlation.Problems;

namespace Correlation.Remediation;

/// <summary>A customer's runs: the fold of its remediation events.</summary>
/// <remarks>Bounded by <see cref="RemediationOptions"/>; the decisions keep the bounds.</remarks>
[GenerateSerializer, Alias("remediation-state")]
public sealed class RemediationState
{
    /// <summary>How many command ids are remembered, newest last.</summary>
    public const int CommandsMax = 200;

    /// <summary>The runs by id.</summary>
    [Id(0)] public Dictionary<string, Run> Runs { get; set; } = [];

    /// <summary>The incidents by id, merged ones included.</summary>
    [Id(1)] public Dictionary<string, TrackedIncident> Incidents { get; set; } = [];

    /// <summary>How many runs were ever made, those in shadow apart: the newest one's number.</summary>
    [Id(2)] public int Made { get; set; }

    /// <summary>How many events were ever applied: the newest one's number.</summary>
    [Id(3)] public long Events { get; set; }

    /// <summary>The commands carried out, newest last.</summary>
    [Id(4)] public List<CommandDone> Commands { get; set; } = [];

    /// <summary>The newest log time seen.</summary>
    [Id(5)] public DateTimeOffset Now { get; set; }

    /// <summary>How many runs were ever made in shadow: the newest one's number.</summary>
    [Id(6)] public int MadeInShadow { get; set; }

    /// <summary>The incident that owns the runs of one after all merges known.</summary>
    public string SurvivorOf(string incident)
    {
        // Bounded: a chain of merges is never longer than the incidents known.
        for (var i = 0; i < Incidents.Count; i++)
        {
            if (!Incidents.TryGetValue(incident, out var known) || known.MergedInto is not { } next) return incident;
            incident = next;
        }

        return incident;
    }

    /// <summary>Folds an event into the state.</summary>
    public void Apply(RemediationEvent stored)
    {
        Events = stored.Number;
        if (stored.At > Now) Now = stored.At;
        switch (stored)
        {
            case IncidentTracked e: Incidents[e.Incident.Id] = e.Incident; break;
            case IncidentRehomed e: Rehome(e); break;
            case RunCreated e: Create(e.Run); break;
            case RunDecided e: Decide(e); break;
            case RunWithdrawn e: Change(e.Run, run => Withdrawn(run, e)); break;
            case SendStarted e: Change(e.Run, run => Started(run, e)); break;
            case SendEnded e: Change(e.Run, run => Ended(run, e)); break;
            case RunVerified e: Change(e.Run, run => run with { Verification = e.Verification }); break;
            case RemediationForgotten e: Forget(e); break;
        }
    }

    private void Create(Run run)
    {
        Runs[run.Id] = run;
        if (run.Shadow) MadeInShadow++;
        else Made++;
    }

    private static Run Started(Run run, SendStarted sent) => run with
    {
        State = RunState.Running,
        Started = run.Started ?? sent.At,
        Attempts = sent.Attempt,
        Awaiting = true,
        NextAttempt = null,
    };

    private static Run Withdrawn(Run run, RunWithdrawn withdrawn) =>
        run with { State = RunState.Withdrawn, Outcome = withdrawn.Why, Ended = withdrawn.At };

    private static Run Ended(Run run, SendEnded sent) => run with
    {
        State = sent.State,
        Awaiting = false,
        NextAttempt = sent.NextAttempt,
        Outcome = sent.Answer.Text,
        Ended = sent.State == RunState.Running ? null : sent.At,
    };

    private void Rehome(IncidentRehomed rehomed)
    {
        var survivor = Incidents.GetValueOrDefault(rehomed.Survivor)
            ?? new TrackedIncident(rehomed.Survivor, 0, false, 1, [], null, rehomed.At);
        Incidents[rehomed.Survivor] = survivor;
        Incidents[rehomed.Incident] =
            new TrackedIncident(rehomed.Incident, rehomed.Version, true, 1, [], rehomed.Survivor, rehomed.At);
        foreach (var run in Runs.Values.Where(run => run.Incident == rehomed.Incident).ToList())
        {
            Change(run.Id, r => r with
            {
                Incident = survivor.Id,
                Occurrence = survivor.Occurrence,
                FormerIncidents = r.FormerIncidents.Add(rehomed.Incident),
            });
        }
    }

    private void Decide(RunDecided decided)
    {
        var word = decided.Decision;
        Change(word.Run, run => run with
        {
            State = word.Approve ? RunState.Approved : RunState.Rejected,
            DecidedBy = word.Actor,
            Guards = decided.Guards,
            Ended = word.Approve ? null : decided.At,
            Outcome = word.Approve ? run.Outcome : "rejected",
        });
        Commands.Add(new CommandDone(word.CommandId, word.Run, Runs[word.Run].Version));
        if (Commands.Count > CommandsMax) Commands.RemoveAt(0);
    }

    private void Forget(RemediationForgotten forgotten)
    {
        foreach (var run in forgotten.Runs) Runs.Remove(run);
        foreach (var incident in forgotten.Incidents) Incidents.Remove(incident);
    }

    private void Change(string id, Func<Run, Run> change)
    {
        if (Runs.TryGetValue(id, out var run)) Runs[id] = change(run) with { Version = run.Version + 1 };
    }
}
