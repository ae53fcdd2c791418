using Correlation.Customers;
using Correlation.Delivery;
using Correlation.Signals;

namespace Correlation.Simulation.Tests;

/// <summary>What must come out, computed from the input alone: every signal once, in the order of log time, by
/// nobody who fails.</summary>
internal sealed class SimReference
{
    private static readonly TimeSpan Beat = TimeSpan.FromHours(3);
    private readonly Dictionary<string, DurableResource> _resources = [];
    private readonly CustomerEngine _engine = SimCustomerGrain.NewEngine();

    public SimReference(IEnumerable<SimMessage> messages, DateTimeOffset newest, TimeSpan afterwards)
    {
        foreach (var message in messages.OrderBy(one => one.Message.LogTime))
        {
            Counts = Counts with { Messages = Counts.Messages + 1 };
            foreach (var signal in message.Signals) Feed(signal);
        }

        for (var passed = TimeSpan.Zero; passed <= afterwards; passed += Beat) Pass(newest + passed);
    }

    public SignalLedger Counts { get; private set; } = SignalLedger.Empty;

    public CustomerState Customer { get; } = new();

    public IReadOnlyDictionary<string, DurableResource> Resources => _resources;

    private void Feed(Signal signal)
    {
        var key = signal.Resource.Canonical;
        if (!_resources.TryGetValue(key, out var resource)) _resources[key] = resource = DurableResource.Create(signal.Resource);
        var fates = new Fate[1];
        var partition = $"{SimWorld.StreamName}/{signal.Message.Partition}";
        resource.Apply(
            new SignalCall(SimWorld.Owner, partition, signal.Message.Epoch, 0, DateTimeOffset.MinValue),
            [signal], SimWorld.Options, fates);
        Counts = Counts.With(fates[0], 1);
        Report(resource);
    }

    private void Pass(DateTimeOffset now)
    {
        var clock = new LogClock(now, now, now);
        foreach (var resource in _resources.Values)
        {
            resource.Tick(now, clock.Watermark(SimWorld.Options.Lateness), SimWorld.Options);
            Report(resource);
        }

        foreach (var made in _engine.Advance(Customer, clock)) CustomerFold.Apply(Customer, made);
    }

    private void Report(DurableResource resource)
    {
        var pending = resource.Outbox.Pending.ToList();
        if (pending.Count == 0) return;
        resource.Outbox.Stored(resource.Outbox.Last);
        resource.Outbox.Acknowledge([.. pending.Select(entry => entry.Number)]);
        var reports = pending.Select(entry => entry.Item.Condition).OfType<global::Correlation.Resources.ConditionReport>();
        var changes = pending.Select(entry => entry.Item.Change).OfType<global::Correlation.Resources.Change>();
        foreach (var made in _engine.Take(Customer, reports, changes, resource.State.Now)) CustomerFold.Apply(Customer, made);
    }
}
