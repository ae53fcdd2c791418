namespace Correlation.Problems;

/// <summary>A customer's occurrences and problems: the fold of its problem events.</summary>
/// <remarks>Bounded by <see cref="ProblemOptions"/>; the decisions keep the bounds.</remarks>
[GenerateSerializer, Alias("problems-state")]
public sealed class ProblemsState
{
    /// <summary>How many command ids are remembered, newest last.</summary>
    public const int CommandsMax = 200;

    /// <summary>The occurrences by incident, merged ones included.</summary>
    [Id(0)] public Dictionary<string, Occurrence> Occurrences { get; set; } = [];

    /// <summary>The problems by id.</summary>
    [Id(1)] public Dictionary<string, ProblemRecord> Problems { get; set; } = [];

    /// <summary>How many problems were ever opened: the newest one's number.</summary>
    [Id(2)] public int Opened { get; set; }

    /// <summary>How many events were ever applied: the newest one's number.</summary>
    [Id(3)] public long Events { get; set; }

    /// <summary>The ids of the commands carried out, each with its problem and the version it led to.</summary>
    [Id(4)] public List<CommandDone> Commands { get; set; } = [];

    /// <summary>How often a problem was not opened for want of room.</summary>
    [Id(5)] public long LimitHits { get; set; }

    /// <summary>The newest log time seen.</summary>
    [Id(6)] public DateTimeOffset Now { get; set; }

    /// <summary>The occurrences that count for a problem, in no order.</summary>
    public IEnumerable<Occurrence> OccurrencesOf(string problem) =>
        Occurrences.Values.Where(occurrence => occurrence.Problem == problem && occurrence.MergedInto is null);

    /// <summary>The incident that answers for one after all merges known.</summary>
    public string SurvivorOf(string incident)
    {
        // Bounded: a chain of merges is never longer than the incidents known.
        for (var i = 0; i < Occurrences.Count; i++)
        {
            if (!Occurrences.TryGetValue(incident, out var known) || known.MergedInto is not { } next) return incident;
            incident = next;
        }

        return incident;
    }

    /// <summary>Folds an event into the state.</summary>
    public void Apply(ProblemEvent stored)
    {
        Events = stored.Number;
        if (stored.At > Now) Now = stored.At;
        switch (stored)
        {
            case OccurrenceRecorded e: Record(e.Occurrence); break;
            case OccurrenceMerged e: Merge(e); break;
            case ProblemOpened e: Open(e); break;
            case ProblemWithdrawn e: Withdraw(e.Problem); break;
            case ProblemCameBack e: Change(e.Problem, p => p with { State = ProblemState.Open, CameBack = true }); break;
            case ProblemStateSet e: Set(e); break;
            case OccurrencesForgotten e: Forget(e); break;
            case ProblemLimitHit: LimitHits++; break;
        }
    }

    private void Record(Occurrence occurrence)
    {
        var before = Occurrences.GetValueOrDefault(occurrence.Incident);
        Occurrences[occurrence.Incident] = occurrence;
        if (before?.Problem is { } former && former != occurrence.Problem) Change(former, p => p);
        if (occurrence.Problem is { } problem) Change(problem, p => p with { Title = occurrence.Title });
    }

    private void Merge(OccurrenceMerged merged)
    {
        var known = Occurrences.GetValueOrDefault(merged.Incident);
        Occurrences[merged.Incident] = new Occurrence
        {
            Incident = merged.Incident,
            Version = merged.Version,
            Fingerprint = known?.Fingerprint ?? new Fingerprint(null, []),
            Started = known?.Started ?? merged.At,
            MergedInto = merged.Survivor,
        };
        if (known is null) return;
        Occurrences.TryAdd(merged.Survivor, known with { Incident = merged.Survivor, Version = 0 });
        if (known.Problem is { } problem) Change(problem, p => p);
    }

    private void Open(ProblemOpened opened)
    {
        Opened++;
        Problems[opened.Problem.Id] = opened.Problem;
        foreach (var incident in opened.Incidents)
        {
            Occurrences[incident] = Occurrences[incident] with { Problem = opened.Problem.Id };
        }
    }

    private void Withdraw(string problem)
    {
        Problems.Remove(problem);
        foreach (var occurrence in Occurrences.Values.Where(o => o.Problem == problem).ToList())
        {
            Occurrences[occurrence.Incident] = occurrence with { Problem = null };
        }
    }

    private void Set(ProblemStateSet set)
    {
        var command = set.Command;
        Change(command.Problem, p => p with
        {
            State = command.State,
            Touched = true,
            KnownError = command.KnownError ?? p.KnownError,
            Fix = command.Fix ?? p.Fix,
            FixedAt = command.Fix is null ? p.FixedAt : set.At,
            CameBack = command.Fix is null && p.CameBack,
        });
        Commands.Add(new CommandDone(command.CommandId, command.Problem, Problems[command.Problem].Version));
        if (Commands.Count > CommandsMax) Commands.RemoveAt(0);
    }

    private void Forget(OccurrencesForgotten forgotten)
    {
        foreach (var (incident, cost) in forgotten.Forgotten)
        {
            if (!Occurrences.Remove(incident, out var occurrence) || occurrence.Problem is not { } problem) continue;
            if (occurrence.MergedInto is not null) continue;
            Change(problem, p => p with { Forgotten = p.Forgotten.With(occurrence, forgotten.At, cost) });
        }
    }

    private void Change(string problem, Func<ProblemRecord, ProblemRecord> change)
    {
        if (!Problems.TryGetValue(problem, out var record)) return;
        Problems[problem] = change(record) with { Version = record.Version + 1 };
    }
}

/// <summary>A command that was carried out.</summary>
/// <param name="CommandId">The command.</param>
/// <param name="Id">What it changed.</param>
/// <param name="Version">The version it led to.</param>
[GenerateSerializer, Immutable, Alias("command-done")]
public sealed record CommandDone([property: Id(0)] string CommandId, [property: Id(1)] string Id, [property: Id(2)] long Version);
