using System.Globalization;
using Correlation.Signals;

namespace Correlation.Simulation.Tests;

/// <summary>Messages drawn from a seed: alerts that fire and resolve in any order, pulses, changes, metrics,
/// repetitions, late ones.</summary>
internal sealed class SimWorkload(SimRandom random)
{
    /// <summary>How many resources there are; each but the first depends on the one before.</summary>
    public const int Resources = 5;

    private const int Rules = 3;

    /// <summary>Minutes of log time from message to message: in slow runs nothing settles, in fast ones all does
    /// between two reports.</summary>
    private static readonly int[] Steps = [1, 10, 60];
    private static readonly DateTimeOffset Begin = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<Signal> _said = [];
    private readonly int _step = Steps[random.Next(Steps.Length)];
    private int _drawn;

    public static ResourceId ResourceOf(int number) =>
        ResourceId.Parse($"/subscriptions/s/resourceGroups/g{number}/providers/Microsoft.Test/things/r{number}");

    /// <summary>Draws the messages of some partitions; their log times go on where those drawn before ended.</summary>
    public List<List<SimMessage>> Draw(int epoch, int partitions, int messages, int first = 0)
    {
        var drawn = Enumerable.Range(0, partitions).Select(_ => new List<SimMessage>()).ToList();
        for (var i = 0; i < partitions * messages; i++)
        {
            var partition = i % partitions;
            var at = Begin.AddMinutes(_drawn++ * _step);
            var message = new Message(SimWorld.StreamName, epoch, first + partition, drawn[partition].Count, at);
            var signals = Enumerable.Range(0, 1 + random.Next(3)).Select(record => Draw(message, record)).ToArray();
            drawn[partition].Add(new SimMessage(message, signals));
        }

        return drawn;
    }

    private Signal Draw(Message message, int record)
    {
        if (_said.Count > 0 && random.Chance(0.15)) return Repeat(_said[random.Next(_said.Count)], message, record);
        var resource = ResourceOf(random.Next(Resources));
        var late = random.Chance(0.05);
        var eventTime = message.LogTime.AddMinutes(late ? -45 : -random.Next(20));
        var signal = Shape(message, record, resource, eventTime);
        _said.Add(signal);
        return signal;
    }

    private Signal Shape(Message message, int record, ResourceId resource, DateTimeOffset eventTime)
    {
        var rule = random.Next(Rules);
        var instance = $"instance-{rule}-{random.Next(4)}";
        return random.Next(6) switch
        {
            0 or 1 => Make(message, record, resource, eventTime, SignalRole.Open, rule, instance),
            2 => Make(message, record, resource, eventTime, SignalRole.Close, rule, instance),
            3 => Make(message, record, resource, eventTime, SignalRole.Pulse, rule, null),
            4 => Make(message, record, resource, eventTime, SignalRole.Change, rule, null),
            _ => Make(message, record, resource, eventTime, SignalRole.Context, rule, null),
        };
    }

    private static Signal Make(
        Message message, int record, ResourceId resource, DateTimeOffset eventTime, SignalRole role, int rule, string? instance)
    {
        var pulse = role == SignalRole.Pulse;
        var condition = role is SignalRole.Context or SignalRole.Change
            ? null
            : new Condition(pulse ? ConditionKind.LogError : ConditionKind.Alert, (pulse ? "log:" : "alert:") + rule);
        var identity = string.Create(CultureInfo.InvariantCulture, $"{resource}|{role}|{rule}|{instance}|{eventTime.Ticks}");
        return new Signal
        {
            Message = message,
            Record = record,
            Resource = resource,
            Kind = role == SignalRole.Change ? SignalKind.ActivityLog : SignalKind.Alert,
            Role = role,
            Severity = Severity.Error,
            EventTime = eventTime,
            Dedup = DedupKey.Of(identity),
            Condition = condition,
            Detail = new SignalDetail
            {
                Title = $"rule {rule}", Instance = instance, ChangeVerb = role == SignalRole.Change ? "write" : null,
            },
        };
    }

    private static Signal Repeat(Signal said, Message message, int record) => new()
    {
        Message = message,
        Record = record,
        Resource = said.Resource,
        Kind = said.Kind,
        Role = said.Role,
        Severity = said.Severity,
        EventTime = said.EventTime,
        Dedup = said.Dedup,
        Condition = said.Condition,
        Detail = said.Detail,
    };
}
