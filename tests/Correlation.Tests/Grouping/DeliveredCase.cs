using Correlation.Customers;
using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Learning;
using Correlation.Resources;
using Correlation.Signals;
using Correlation.Tests.Customers;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Grouping;

/// <summary>One made-up day of two customers as a cluster would deliver it: over some partitions that are read at different
/// speeds, in batches cut anew, with duplicates, a restart, a merge and a split, and an edge, settings of grouping and a
/// model that come to be known in the middle; and the same day in one batch.</summary>
/// <param name="seed">Says everything.</param>
/// <param name="symptoms">How many symptoms a customer has, about.</param>
internal sealed class DeliveredCase(int seed, int symptoms)
{
    /// <summary>How many members an incident may have where the cap is to be hit.</summary>
    private const int Cap = 6;

    private const double Middle = 300;

    /// <summary>What is over is resolved with one beat and sealed with a later one.</summary>
    private const double End = 24 * 60 * 3;


    private static readonly DependencyEdge[] Edges =
        [new(Vm("v1"), Database("d1")), new(Vm("v2"), Database("d1")), new(Vm("v3"), Vm("v1"))];

    private static readonly TopologyVersion First = new(1, default, new Topology(Edges));

    private static readonly TopologyHistory OldEdges = new([First]);

    private static readonly TopologyHistory NewEdge = new(
    [
        First,
        new TopologyVersion(2, At(Middle), new Topology([.. Edges, new(Vm("v3"), Database("d2"))])) { Grouping = Own },
    ]);

    /// <summary>From then on the customer weighs otherwise, and bounds by other numbers.</summary>
    private static GroupingOptions Own => GroupingSetting.Over(new GroupingOptions(),
    [
        new("threshold", "0.85"), new("maxMembers", "40"), new("groupMean", "0.4"), new("neighbours", "6"),
        new("near", "0.7"), new("changeWindow", "00:30:00"), new("surgeLeast", "3"),
        new("nearDecay", "00:04:00"), new("window", "00:30:00"),
    ]);

    private readonly Random _random = new(seed);

    private bool IsCapped => seed % 10 == 0;

    /// <summary>What happened on the way, to be sure that it does.</summary>
    public HashSet<string> Seen { get; } = [];

    /// <summary>The sealed incidents of both customers as they were delivered and in one batch.</summary>
    public (List<string> Delivered, List<string> Batch) Run()
    {
        var (delivered, batch) = (new List<string>(), new List<string>());
        foreach (var customer in new[] { "acme", "other" })
        {
            var all = Symptoms();
            var changes = Changes();
            var world = Deliver(all, changes);
            if (world.Real.Exists(incident => !incident.Causes.IsDefaultOrEmpty)) Seen.Add("cause told");
            if (world.Real.Exists(incident => !incident.Changes.IsDefaultOrEmpty)) Seen.Add("change told");
            if (IsCapped && world.Real.Exists(incident => incident.Members.Count == Cap)) Seen.Add("cap hit");
            delivered.AddRange(Sealed(world).Select(incident => $"{customer}: {incident}"));
            batch.AddRange(Sealed(Reference(all, changes, world)).Select(incident => $"{customer}: {incident}"));
        }

        return (delivered, batch);
    }

    /// <summary>The incidents with their causes and why, but for what is one only because an operator touched it: the
    /// reference's operators touched none.</summary>
    private static List<string> Sealed(World world) =>
    [
        .. world.Real.Where(incident => IsOne(world, incident))
            .Select(incident => string.Join(' ', incident.Members.Order(StringComparer.Ordinal)) + CausesOf(incident))
            .Order(StringComparer.Ordinal),
    ];

    private static bool IsOne(World world, Incident incident) => !incident.Touched
        || OpeningRule.Why(world.State.MembersOf(incident), Holds, world.State.Now) is not null;

    private static string CausesOf(Incident incident) => string.Concat(incident.Causes.Select(cause =>
        FormattableString.Invariant($"; {cause.Resource.Canonical} {cause.Score}: {string.Join(", ", cause.Reasons)}")))
        + string.Concat(incident.Changes.Select(change =>
            FormattableString.Invariant($"; {change.Change.Id} {change.Score}: {string.Join(", ", change.Reasons)}")));

    /// <summary>Operators' words are an input: the reference has them before anything else.</summary>
    private World Reference(List<Symptom> all, Change[] changes, World delivered) => NewWorld(NewEdge).Learn(Model)
        .Words([.. delivered.Journal.OfType<Commanded>().SelectMany(one => one.Added)],
            [.. delivered.Journal.OfType<Commanded>().SelectMany(one => one.Removed)])
        .Change(changes).Report([.. all]).Advance(End).Advance(2 * End);

    private World Deliver(List<Symptom> all, Change[] changes)
    {
        var world = NewWorld(OldEdges);
        var partitions = Partitions(all);
        var total = partitions.Sum(partition => partition.Count);
        var (restart, edge, words) = (_random.Next(total), _random.Next(total), _random.Next(total / 4, total));
        for (var taken = 0; partitions.Exists(partition => partition.Count > 0);)
        {
            var batch = Batch(partitions);
            var next = taken + batch.Count;
            world.Report([.. batch]);
            if (_random.Next(4) == 0) world.Repeat();
            world.Change([.. changes.Where(change => change.At <= world.State.Now)]);
            if (taken <= restart && restart < next) world.Restart();
            if (world.State.Models.IsEmpty && world.State.Now >= At(Middle)) world.Learn(Model);
            if (taken <= words && words < next) Command(world);
            var behind = partitions.Where(partition => partition.Count > 0).Select(partition => partition.Peek().At)
                .DefaultIfEmpty(world.State.Now).Min();

            // At any time before something that began under it is sealed: what is sealed stays.
            var isLast = behind >= At(Middle) && world.Setup.Topology != NewEdge;
            if (isLast || (taken <= edge && edge < next)) world.Learn(NewEdge);
            if (_random.Next(3) == 0) world.AdvanceTo(behind);
            taken = next;
        }

        world.Change(changes);
        if (world.State.Models.IsEmpty) world.Learn(Model);
        return world.Learn(NewEdge).Advance(End).Advance(2 * End);
    }

    /// <summary>Every symptom begins and ends on its resource's partition.</summary>
    private List<Queue<(DateTimeOffset At, Symptom Symptom)>> Partitions(List<Symptom> all)
    {
        var count = _random.Next(1, 9);
        Seen.Add($"{count} partitions");
        return
        [
            .. all.GroupBy(symptom => symptom.Resource.Canonical.Sum(one => one) % count)
                .Select(partition => new Queue<(DateTimeOffset At, Symptom Symptom)>(partition
                    .SelectMany(Told)
                    .OrderBy(one => one.At).ThenBy(one => one.Symptom.Id, StringComparer.Ordinal))),
        ];
    }

    private List<Symptom> Batch(List<Queue<(DateTimeOffset At, Symptom Symptom)>> partitions)
    {
        var waiting = partitions.Where(partition => partition.Count > 0).ToList();
        var batch = new List<Symptom>();
        for (var left = _random.Next(1, 9); left > 0 && waiting.Count > 0; left--)
        {
            var from = waiting[_random.Next(waiting.Count)];
            batch.Add(from.Dequeue().Symptom);
            if (from.Count == 0) waiting.Remove(from);
        }

        return [.. batch.GroupBy(one => one.Id).Select(one => one.Last())];
    }

    /// <summary>A merge and a split of incidents that would be incidents anyway, so that nothing but the words counts.</summary>
    private void Command(World world)
    {
        var open = world.Open.Where(incident => !incident.Sealed && Sure(world, incident).Count > 0).ToList();
        if (open.Count > 1 && world.Command(open[0], IncidentVerb.Merge, open[^1].Id).Outcome == CommandOutcome.Done)
            Seen.Add("merged");
        var splittable = world.Open.FirstOrDefault(incident => !incident.Sealed && Sure(world, incident).Count > 1);
        if (splittable is not null
            && world.Command(splittable, IncidentVerb.Split, null, Sure(world, splittable)[0]).Outcome == CommandOutcome.Done)
        {
            Seen.Add("split");
        }
    }

    private static List<Symptom> Sure(World world, Incident incident) =>
        [.. world.State.MembersOf(incident).Where(symptom => symptom is
            { Condition.Kind: ConditionKind.ResourceHealth, Severity: >= Severity.Error }
            or { Condition.Kind: ConditionKind.Alert, Severity: Severity.Critical })];

    private World NewWorld(TopologyHistory topology)
    {
        var world = new World(topology) { Options = { LearnStarts = 10_000 } };
        if (IsCapped) world.Grouping.MaxMembers = Cap;
        return world.Remember(NoPast);
    }

    /// <summary>Past failures are another matter: they teach once they are sealed, and when that is depends on when time
    /// passes.</summary>
    private static FailureHistory NoPast { get; } = new(new FailureSettings { Settling = TimeSpan.FromDays(30) });

    private static LearnedModel Model { get; } = new()
    {
        Number = 1,
        InForce = At(Middle),
        HeldOthers = TimeSpan.FromMinutes(20),
        Hourly = 0.06,
        Pairs =
        [
            .. Enumerable.Range(0, 3).Select(number => new LearnedPair(
                Relation.SameResource, $"microsoft.compute/virtualmachines Alert Alert:{number}",
                $"microsoft.compute/virtualmachines LogError LogError:{number}", 40, 13, 20, 0.5)),
        ],
    };

    private static OpeningHolds Holds => new(new LearnedVersions { All = [Model] });

    /// <summary>Changes are told once they are over, more than once, and before time passes beyond them.</summary>
    private Change[] Changes() =>
    [
        .. Enumerable.Range(0, 4).Select(i =>
            Change(_random.Next(2) == 0 ? Vm("v1") : Database("d1"), _random.Next(0, 500), $"c{i}")),
    ];

    private List<Symptom> Symptoms()
    {
        string[] resources =
        [
            Vm("v1"), Vm("v2"), Vm("v3"), Database("d1"), Database("d2"), "/subscriptions/s1", Vm("v4", "other", "s2"),
            "bare name",
        ];
        ConditionKind[] kinds =
        [
            ConditionKind.Alert, ConditionKind.Alert, ConditionKind.LogError, ConditionKind.FailedOperation,
            ConditionKind.ResourceHealth, ConditionKind.ServiceHealth,
        ];
        return [.. Enumerable.Range(0, symptoms).Select(_ =>
        {
            var start = _random.Next(0, 600);
            var kind = kinds[_random.Next(kinds.Length)];
            var (resource, key) = (resources[_random.Next(resources.Length)], $"{kind}:{_random.Next(3)}");
            return Symptom(resource, kind, key, start, start + _random.Next(1, 90)) with
            {
                Severity = (Severity)_random.Next(1, 6),
                SignalCount = _random.Next(1, 4),
                CauseKeys = _random.Next(4) == 0 ? [$"correlation:{_random.Next(3)}x"] : [],
                Region = _random.Next(2) == 0 ? "westeurope" : null,
            };
        }).Concat(Waves()).DistinctBy(symptom => symptom.Id)];
    }

    /// <summary>What comes and goes in one rhythm, as one symptom and as one a wave, and what does so in no rhythm.</summary>
    private IEnumerable<Symptom> Waves()
    {
        if (_random.Next(2) == 0) yield break;
        var (at, waves) = (_random.Next(0, 400), new List<(double Came, double Went)>());
        for (var left = _random.Next(3, 8); left > 0; left--)
        {
            waves.Add((at, at + _random.Next(3, 9)));
            at += _random.Next(11, 40);
        }

        yield return Flapping(Vm("v4", "other", "s2"), "tunnel", [.. waves]);
        foreach (var (resource, late) in new[] { (Vm("v1"), 3), (Vm("v3"), 4), ("bare name", 30) })
        {
            foreach (var (came, went) in waves.Where(_ => _random.Next(4) > 0))
            {
                var shift = late + (late > 10 ? _random.Next(0, 30) : _random.NextDouble());
                yield return Alert(resource, came + shift, went + shift, rule: "lost");
            }
        }
    }

    /// <summary>A symptom as it is reported, each time that a signal changed it.</summary>
    private static IEnumerable<(DateTimeOffset At, Symptom Symptom)> Told(Symptom symptom)
    {
        var open = symptom with { End = null, EndReason = EndReason.None, Flaps = 0, Signals = [], SignalCount = 1 };
        if (symptom.Signals.IsEmpty) yield return (symptom.Start, open);
        for (var i = 0; i < symptom.Signals.Length - 1; i++)
        {
            var now = symptom.Signals[i];
            var so = open with { Flaps = i / 2, Signals = symptom.Signals[..(i + 1)], SignalCount = i + 1 };
            yield return (now.EventTime, now.Role == SignalRole.Open
                ? so : so with { End = now.EventTime, EndReason = EndReason.Resolved });
        }

        yield return (symptom.End!.Value, symptom);
    }
}
