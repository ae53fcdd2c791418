using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Learning;
using Correlation.Resources;

namespace Correlation.Tests.Customers;

/// <summary>One customer driven by hand: symptoms in, time on, incidents out. The ledger is checked after every step.</summary>
internal sealed class World
{
    private readonly Dictionary<string, (long Sequence, List<Symptom> Symptoms)> _conditions = [];
    private CustomerEngine _engine;
    private int _commands;
    private ConditionReport[] _last = [];

    public World(params DependencyEdge[] topology)
        : this(new TopologyHistory([new TopologyVersion(1, default, new Topology(topology))]))
    {
    }

    public World(TopologyHistory topology)
    {
        Setup = new CustomerSetup(CustomerKey.Parse("acme"), Options, Grouping, topology);
        _engine = new CustomerEngine(Setup);
    }

    public CustomerOptions Options { get; } = new();

    public GroupingOptions Grouping { get; } = new();

    public CustomerSetup Setup { get; private set; }

    public CustomerState State { get; private set; } = new();

    public CustomerEngine Engine => _engine;

    public List<CustomerEvent> Journal { get; } = [];

    public List<Incident> All =>
        [.. State.Incidents.Values.OrderBy(incident => incident.Id.Length).ThenBy(incident => incident.Id)];

    public List<Incident> Open => [.. All.Where(incident => incident.IsOpen)];

    /// <summary>The incidents that are no redirects and hold something.</summary>
    public List<Incident> Real =>
        [.. All.Where(incident => incident.Status != IncidentStatus.Merged && !incident.Members.IsEmpty)];

    public World Report(params Symptom[] symptoms)
    {
        var reports = symptoms.GroupBy(symptom => (symptom.Resource, symptom.Condition)).Select(group =>
        {
            var key = $"{group.Key.Resource}|{group.Key.Condition}";
            var (sequence, known) = _conditions.GetValueOrDefault(key, (0, []));
            known.RemoveAll(old => group.Any(symptom => symptom.Id == old.Id));
            known.AddRange(group);
            _conditions[key] = (sequence + 1, known);
            return new ConditionReport(group.Key.Resource, 1, group.Key.Condition, sequence + 1, [.. known], null, default);
        });
        return Take(_last = [.. reports]);
    }

    /// <summary>Says that a condition never had any symptom.</summary>
    public World Withdraw(Symptom symptom, params Symptom[] instead)
    {
        var key = $"{symptom.Resource}|{symptom.Condition}";
        var sequence = _conditions[key].Sequence + 1;
        _conditions[key] = (sequence, [.. instead]);
        return Take(new ConditionReport(symptom.Resource, 1, symptom.Condition, sequence, [.. instead], null, default));
    }

    /// <summary>The last reports come once more.</summary>
    public World Repeat() => Take(_last);

    public World Take(params ConditionReport[] reports) =>
        Fold(_engine.Take(
            State, reports, [], reports.SelectMany(report => report.Symptoms).Select(symptom => symptom.Start).Append(State.Now)
                .Max()));

    public World Change(params Change[] changes) => Fold(_engine.Take(State, [], changes, State.Now));

    public World Link(params LearntLink[] links) => Fold(_engine.Take(State, [], [], State.Now, links));

    public World Advance(double minutes, double? lastInput = null, double? loss = null) =>
        Fold(_engine.Advance(State, new LogClock(
            Some.At(minutes), Some.At(minutes), Some.At(lastInput ?? minutes), loss is { } at ? Some.At(at) : default)));

    public World Settle() => Fold(_engine.Settle(State));

    public World AdvanceTo(DateTimeOffset now) => Advance((now - Some.Day).TotalMinutes);

    /// <summary>Operators said so of pairs of symptoms, whatever the incidents were.</summary>
    public World Words(ImmutableArray<Constraint> added, ImmutableArray<Constraint> removed) => Fold(
    [
        new Commanded(
            State.Revision + 1, State.Now, new IncidentCommand { CommandId = "words", Incident = "", Actor = "ada" },
            [.. added.Except(removed)], []),
    ]);

    public World Maintain(double from, double until, params string[] prefixes) => Fold(_engine.SetMaintenance(
        State, [new MaintenanceWindow("w", Some.At(from), Some.At(until), [.. prefixes], "")], "ada", State.Now));

    public CommandAnswer Command(Incident incident, IncidentVerb verb, string? argument = null, params Symptom[] symptoms) =>
        Command(new IncidentCommand
        {
            CommandId = $"command-{++_commands}",
            Incident = incident.Id,
            Version = incident.Version,
            Actor = "ada",
            Verb = verb,
            Argument = argument,
            Until = verb == IncidentVerb.Snooze ? State.Now.AddHours(1) : null,
            Symptoms = [.. symptoms.Select(symptom => symptom.Id)],
        });

    public CommandAnswer Command(IncidentCommand command)
    {
        var decision = _engine.Command(State, command, State.Now);
        Fold(decision.Events);
        return decision.Answer;
    }

    public Explanation Explain(string one, string other) => _engine.Explain(State, one, other)!;

    public World Told() => Fold(_engine.Told(State, State.Untold.Select(pair => new NoticeTaken(pair.Key, pair.Value, null))));

    /// <summary>The process ends and starts again: a new engine on the same state.</summary>
    public World Restart()
    {
        var state = new CustomerState();
        foreach (var stored in Journal) CustomerFold.Apply(state, stored);
        State = state;
        _engine = new CustomerEngine(Setup);
        return this;
    }

    /// <summary>Another version of the topology is learnt while the process runs: a new engine, as the grain makes one.</summary>
    public World Learn(TopologyHistory topology)
    {
        Setup = Setup with { Topology = topology };
        _engine = new CustomerEngine(Setup);
        return this;
    }

    /// <summary>Other failures of the past, or other settings of them, are judged by.</summary>
    public World Remember(FailureHistory failures)
    {
        Setup = Setup with { Failures = failures };
        _engine = new CustomerEngine(Setup);
        return this;
    }

    /// <summary>A grouping in shadow is set, or taken away.</summary>
    public World Try(ShadowSetup? shadow)
    {
        Setup = Setup with { Shadow = shadow };
        _engine = new CustomerEngine(Setup);
        return this;
    }

    /// <summary>A version of what was learned is in the journal, whoever learned it.</summary>
    public World Learn(LearnedModel model) =>
        Fold([new TimeNoted(State.Revision + 1, State.Now, State.Clock, State.UsualGap) { Learned = model }]);

    /// <summary>The groups of symptoms that are incidents, and those alone, as comparable text.</summary>
    public List<string> Partition() =>
    [
        .. Incidents(),
        .. State.Symptoms.Values.Where(tracked => tracked.Incident is null).Select(tracked => "alone " + tracked.Symptom.Id)
        .Order(StringComparer.Ordinal),
    ];

    /// <summary>The symptoms of each incident, as comparable text.</summary>
    public List<string> Incidents() =>
        [.. Real.Select(incident => string.Join(' ', incident.Members.Order(StringComparer.Ordinal)))
            .Order(StringComparer.Ordinal)];

    public ImmutableHashSet<string> MembersOf(Symptom symptom) =>
        State.Symptoms[symptom.Id].Incident is { } id ? State.Incidents[id].Members : [];

    private World Fold(IReadOnlyList<CustomerEvent> events)
    {
        foreach (var decided in events)
        {
            Assert.Equal(State.Revision + 1, decided.Number);
            CustomerFold.Apply(State, decided);
            Journal.Add(decided);
        }

        Assert.True(State.Ledger().Balances, $"The ledger does not balance: {State.Ledger()}");
        Assert.Equal(State.Symptoms.Values.Count(tracked => tracked.Incident is not null),
            State.Incidents.Values.Sum(one => one.Members.Count));
        return this;
    }
}
