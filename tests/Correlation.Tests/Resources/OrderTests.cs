using Correlation.Resources;
using Correlation.Signals;
using FsCheck.Xunit;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Correlation.Tests.Resources;

/// <summary>What must hold for any signals in any order.</summary>
public sealed class OrderTests
{
    private static readonly Serializer Serializer =
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    [Property(MaxTest = 300)]
    public void Any_order_with_repetitions_and_ticks_between_gives_the_same_symptoms(int seed)
    {
        var signals = Any(new Random(seed));
        var straight = Play(signals, []);
        Assert.Equal(Final(straight), Final(Play(Shuffled(signals, seed + 1), [5, 17, 23])));
        Assert.Equal(Final(straight), Final(Play(Shuffled([.. signals, .. signals], seed + 2), [1, 40])));
    }

    /// <summary>So that nothing that is grouped or sealed depends on how far time had come.</summary>
    [Property(MaxTest = 500)]
    public void A_time_out_that_strikes_moves_no_symptom(int seed)
    {
        var random = new Random(seed);
        var signals = Any(random);
        var axis = new TimeAxis();
        axis.Options.AlertTimeOut = TimeSpan.FromMinutes(random.Next(5, 30));
        axis.Options.FlapGap = TimeSpan.FromMinutes(random.Next(10));
        foreach (var signal in signals) axis.Send(signal);
        var before = Spans(axis.State.Conditions(axis.Options).SelectMany(one => one.Symptoms));
        axis.Now("6.00:00");
        Assert.Equal(before, Spans(Known(axis)));
    }

    [Property(MaxTest = 200)]
    public void A_watermark_that_follows_the_log_changes_no_symptom_ever_reported(int seed)
    {
        var random = new Random(seed);
        var signals = Any(random).OrderBy(signal => signal.LogTime).ToList();
        Assert.Equal(Customer(signals, eager: false), Customer(signals, eager: true));
    }

    [Property(MaxTest = 100)]
    public void A_state_that_is_stored_and_read_at_any_point_goes_on_as_if_nothing_had_been(int seed)
    {
        var signals = Any(new Random(seed));
        var cut = new Random(seed).Next(signals.Count);
        var (whole, stored) = (new TimeAxis(), new TimeAxis());
        for (var i = 0; i < signals.Count; i++)
        {
            whole.Send(signals[i]);
            if (i == cut)
            {
                var bytes = Serializer.SerializeToArray(stored.State);
                stored.State = Serializer.Deserialize<ResourceState>(bytes)!;
                Assert.Equal(bytes, Serializer.SerializeToArray(stored.State));
            }

            stored.Send(signals[i]);
            Assert.Equal(whole.Last, stored.Last);
        }

        Assert.Equal(Final(whole), Final(stored));
        Assert.Equal(whole.Reports.Select(Text), stored.Reports.Select(Text));
    }

    /// <summary>What a customer that follows the documented rule of reports ends up with.</summary>
    internal static List<string> Customer(List<Signal> signals, bool eager)
    {
        var axis = new TimeAxis();
        foreach (var signal in signals)
        {
            if (eager) axis.Watermark = signal.LogTime - axis.Options.Lateness;
            axis.Send(signal);
            if (eager) axis.Now(signal.LogTime.ToString("HH:mm:ss"));
        }

        axis.Now("6.00:00");
        return [.. Known(axis)
            .Select(symptom => $"{symptom.Condition} {TimeAxis.Shown([symptom]).Single()} {symptom.Id}").Order()];
    }

    private static IReadOnlyCollection<Symptom> Known(TimeAxis axis)
    {
        var known = new Dictionary<string, Symptom>();
        foreach (var report in axis.Reports)
        {
            foreach (var symptom in known.Values.Where(symptom => symptom.Condition == report.Condition
                && !(symptom.End < report.Floor) && report.Symptoms.All(one => one.Id != symptom.Id)).ToList())
                known.Remove(symptom.Id);
            foreach (var symptom in report.Symptoms) known[symptom.Id] = symptom;
        }

        return known.Values;
    }

    private static TimeAxis Play(List<Signal> signals, int[] ticks)
    {
        var axis = new TimeAxis();
        for (var i = 0; i < signals.Count; i++)
        {
            axis.Send(signals[i]);
            if (ticks.Contains(i)) axis.NowWithALaggingPartition("09:00");
        }

        axis.Watermark = TimeAxis.T("09:00");
        axis.NowWithALaggingPartition("13:00");
        return axis;
    }

    private static List<string> Spans(IEnumerable<Symptom> symptoms) =>
        [.. symptoms.OrderBy(symptom => symptom.Id, StringComparer.Ordinal).Select(symptom =>
            $"{symptom.Condition} {symptom.Id} {symptom.Start} {symptom.End ?? symptom.ExpectedEnd} {symptom.Flaps}")];

    private static List<string> Final(TimeAxis axis) => [.. axis.State.Conditions(axis.Options)
        .SelectMany(one => one.Symptoms).OrderBy(symptom => symptom.Id, StringComparer.Ordinal).Select(Text)];

    private static string Text(ConditionReport report) =>
        $"{report.Sequence} {report.Condition} {report.Deadline} {report.Floor} {string.Join(';', report.Symptoms.Select(Text))}";

    private static string Text(Symptom symptom) => string.Join('|', symptom.Id, symptom.Condition, symptom.Start, symptom.End,
        symptom.EndReason, symptom.Severity, symptom.Title, symptom.SignalCount, symptom.Flaps, symptom.Region, symptom.Degraded,
        string.Join(',', symptom.CauseKeys), string.Join(',', symptom.Signals.Select(one => $"{one.Role}{one.EventTime:HHmm}")));

    private static List<Signal> Shuffled(List<Signal> signals, int seed)
    {
        var copy = signals.ToArray();
        new Random(seed).Shuffle(copy);
        return [.. copy];
    }

    private static List<Signal> Any(Random random) => random.Next(3) switch
    {
        0 => Signals(random),
        1 => Episodes(random),
        _ => Bursts(random),
    };

    /// <summary>An alert that never resolves, many times within seconds and then not for a while, and anything
    /// between.</summary>
    private static List<Signal> Bursts(Random random)
    {
        var axis = new TimeAxis();
        var signals = Enumerable.Range(0, random.Next(1, 15)).Select(_ => AnySignal(axis, random)).ToList();
        var second = 0;
        for (var burst = random.Next(6); burst >= 0; burst--)
        {
            second += random.Next(1, 1 << random.Next(1, 12));
            for (var again = random.Next(1 << random.Next(5)); again >= 0; again--)
            {
                var at = TimeSpan.FromSeconds((10 * 3600) + second + random.Next(20));
                signals.Add(axis.Make(
                    at.ToString(), SignalRole.Pulse, "alert:burst", ConditionKind.StatelessAlert,
                    (at + TimeSpan.FromSeconds(random.Next(25 * 60))).ToString()));
            }
        }

        return signals;
    }

    internal static List<Signal> Signals(Random random)
    {
        var axis = new TimeAxis();
        return [.. Enumerable.Range(0, random.Next(1, 45)).Select(_ => AnySignal(axis, random))];
    }

    /// <summary>As Azure sends them: each instance fires, perhaps repeatedly, and resolves at most once, perhaps out of order;
    /// and anything else between.</summary>
    internal static List<Signal> Episodes(Random random)
    {
        var axis = new TimeAxis();
        var signals = Enumerable.Range(0, random.Next(1, 25)).Select(_ => AnySignal(axis, random)).ToList();
        for (var i = random.Next(12); i >= 0; i--)
        {
            var fired = random.Next(0, 90);
            var resolved = fired + random.Next(0, 40);
            for (var again = random.Next(2); again >= 0; again--)
                signals.Add(TimeAxis.With(Open(axis, fired, fired + random.Next(25)), $"e{i}"));
            var key = random.Next(2) == 0 ? "alert:rule {a=1,b=2}" : "alert:rule";
            if (random.Next(4) > 0)
                signals.Add(Resolved(axis, random, resolved, key, $"e{i}"));
        }

        return signals;
    }

    private static Signal Resolved(TimeAxis axis, Random random, int minute, string key, string instance) => TimeAxis.With(
        axis.Make(Minutes(minute), SignalRole.Close, key, log: Minutes(minute + random.Next(25))),
        instance, random.Next(2) == 0 ? null : Minutes(random.Next(minute + 1)));

    private static Signal AnySignal(TimeAxis axis, Random random)
    {
        var minute = random.Next(0, 90);
        var at = Minutes(minute);
        var log = Minutes(minute + random.Next(0, 25));
        return random.Next(12) switch
        {
            0 => axis.Make(at, SignalRole.Open, "resourcehealth", ConditionKind.ResourceHealth, log),
            1 => axis.Make(at, SignalRole.Close, "resourcehealth", ConditionKind.ResourceHealth, log),
            2 or 3 => axis.Make(at, SignalRole.Pulse, "log:x", ConditionKind.LogError, log),
            4 => axis.Make(
                at, SignalRole.Pulse, "operation:microsoft.compute/virtualmachines/write", ConditionKind.FailedOperation, log),
            5 => axis.Change(at, "Microsoft.Compute/virtualMachines/write"),
            6 when random.Next(4) == 0 => axis.Change(at, "Microsoft.Compute/virtualMachines/delete", "delete"),
            6 or 7 => TimeAxis.With(
                axis.Make(at, SignalRole.Close, "alert:rule", log: log), Instance(random), Minutes(random.Next(90))),
            8 => TimeAxis.With(axis.Make(at, SignalRole.Close, "alert:rule {a=1}", log: log), Instance(random)),
            _ => TimeAxis.With(axis.Make(at, SignalRole.Open, "alert:rule {a=1,b=2}", log: log), Instance(random)),
        };
    }

    private static Signal Open(TimeAxis axis, int minute, int log) =>
        axis.Make(Minutes(minute), SignalRole.Open, "alert:rule {a=1,b=2}", log: Minutes(log));

    private static string? Instance(Random random) => random.Next(5) is var n && n == 0 ? null : $"i{n}";

    private static string Minutes(int minutes) => TimeSpan.FromMinutes((10 * 60) + minutes).ToString();
}
