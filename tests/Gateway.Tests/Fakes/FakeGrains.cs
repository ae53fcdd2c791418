using System.Collections.Immutable;
using Correlation.Configuration;
using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Delivery;
using Correlation.Incidents;
using Correlation.Remediation;
using Correlation.Problems;
using Correlation.Signals;

namespace Correlation.Gateway.Tests.Fakes;

public sealed class FakeDirectoryGrain(FakeEstate estate) : Grain, IDirectoryGrain
{
    public Task<ImmutableArray<CustomerKey>> Customers() =>
        Task.FromResult<ImmutableArray<CustomerKey>>([.. estate.Customers.Keys.Order(StringComparer.Ordinal)
            .Select(CustomerKey.Parse)]);

    public Task<StreamTime> Time() => Task.FromResult(StreamTime.None);

    public Task Register(CustomerKey customer) => Task.CompletedTask;

    public Task<StreamTime> Progress(PartitionProgress progress) => Time();
}

public sealed class FakeResourceGrain(FakeEstate estate) : Grain, IResourceGrain
{
    public Task<ResourceView?> Inspect() => Task.FromResult(estate.Resources.GetValueOrDefault(this.GetPrimaryKeyString()));

    public ValueTask<ResourceAnswer> Apply(ResourceBatch batch) => throw new NotSupportedException();

    public Task Tick(StreamTime time) => Task.CompletedTask;
}

public sealed class FakeReaderGrain(FakeEstate estate) : Grain, IReaderGrain
{
    public Task<PartitionLedger> Ledger() => Task.FromResult(estate.Ledger(this.GetPrimaryKeyString()));

    public Task<SignalView?> Signal(int epoch, long offset, int record, int target)
    {
        var parts = this.GetPrimaryKeyString().Split('/');
        var position = new Position(parts[0], epoch, int.Parse(parts[1]), offset, record, target);
        return Task.FromResult(estate.Signals.GetValueOrDefault(position.ToString()));
    }

    public Task Ping() => Task.CompletedTask;

    public Task<RejectedPage> Rejected(RejectedQuery query)
    {
        var prefix = this.GetPrimaryKeyString().Replace("/", ":1:", StringComparison.Ordinal) + ":";
        var from = estate.Rejected.Where(view => view.Position.StartsWith(prefix, StringComparison.Ordinal))
            .Select(view => (View: view, Slot: SlotOf(view)))
            .Where(item => item.Slot.CompareTo(query.From) >= 0 && !(item.View.LogTime < query.Since))
            .OrderBy(item => item.Slot).ToList();
        var shown = from.Take(query.Most).Select(item => item.View with
        {
            Payload = item.View.Payload[..Math.Min(item.View.Payload.Length, query.Bytes)],
        });
        return Task.FromResult(new RejectedPage([.. shown], from.Count > query.Most ? from[query.Most].Slot : null));
    }

    public Task<MessagePage> Messages(MessageQuery query)
    {
        var held = estate.Messages.Where(view => $"{view.Stream}/{view.Partition}" == this.GetPrimaryKeyString())
            .Where(view => view.Offset >= (query.From ?? 0) && view.LogTime >= query.Since && view.LogTime < query.Until)
            .OrderBy(view => view.Offset).ToList();
        return Task.FromResult(new MessagePage(
            [.. held.Take(query.Most)], held.Count > query.Most ? held[query.Most].Offset : null));
    }

    private static SignalSlot SlotOf(RejectedView view) => Position.TryParse(view.Position, out var at)
        ? new SignalSlot(at.Offset, at.Record, at.Target) : throw new FormatException(view.Position);
}

public sealed class FakeProblemsGrain(FakeEstate estate) : Grain, IProblemsGrain
{
    public Task<ImmutableArray<ProblemView>> List(bool byCost) => Task.FromResult<ImmutableArray<ProblemView>>(
        [.. estate.Problems.Values.Where(p => p.Customer == this.GetPrimaryKeyString())]);

    public Task<ProblemView?> Get(string id) => Task.FromResult(estate.Problems.GetValueOrDefault(id));

    public Task<CommandAnswer> SetState(ProblemCommand command)
    {
        if (!estate.Problems.TryGetValue(command.Problem, out var problem))
            return Task.FromResult(new CommandAnswer(CommandOutcome.NotFound, command.Problem, 0, ""));
        estate.ProblemCommands.Enqueue(command);
        estate.Problems[command.Problem] = problem with { State = command.State, Version = problem.Version + 1 };
        return Task.FromResult(new CommandAnswer(CommandOutcome.Done, problem.Id, problem.Version + 1, ""));
    }

    public Task<string?> Record(IncidentNotice notice) => Task.FromResult<string?>(null);
}

public sealed class FakeRemediationGrain(FakeEstate estate) : Grain, IRemediationGrain
{
    public Task<ImmutableArray<RunView>> Runs() => Task.FromResult<ImmutableArray<RunView>>(
        [.. estate.Runs.Values.Where(r => r.Customer == this.GetPrimaryKeyString())]);

    public Task<CommandAnswer> Decide(RunDecision decision)
    {
        if (!estate.Runs.TryGetValue(decision.Run, out var run))
            return Task.FromResult(new CommandAnswer(CommandOutcome.NotFound, decision.Run, 0, ""));
        if (decision.Version != run.Version)
            return Task.FromResult(new CommandAnswer(CommandOutcome.Stale, run.Id, run.Version, ""));
        estate.Decisions.Enqueue(decision);
        var state = decision.Approve ? RunState.Approved : RunState.Rejected;
        estate.Runs[decision.Run] = run with { State = state, Version = run.Version + 1, DecidedBy = decision.Actor };
        return Task.FromResult(new CommandAnswer(CommandOutcome.Done, run.Id, run.Version + 1, ""));
    }

    public Task Consider(IncidentNotice notice) => Task.CompletedTask;

    public Task Advance(DateTimeOffset now) => Task.CompletedTask;
}

public sealed class FakeConfigurationGrain : Grain, IConfigurationGrain
{
    public Task<ImmutableArray<ConfigurationView>> Versions() => Task.FromResult<ImmutableArray<ConfigurationView>>(
    [
        new(FileKind.Customers, 2, Some.Noon, Some.Noon, "silo-1", "ab12", "7", true),
        new(FileKind.Customers, 1, null, Some.Noon.AddDays(-1), "silo-1", "cd34", "6", false),
    ]);

    public Task<OfferAnswer> Offer(ConfigurationOffer offer) => throw new NotSupportedException();

    public Task<ImmutableArray<ConfigurationVersion>> Above(FileKind kind, int number) => throw new NotSupportedException();
}

public sealed class FakeParkingGrain(FakeEstate estate) : Grain, IParkingGrain
{
    public Task<ImmutableArray<ParkedLaneView>> Lanes() =>
        Task.FromResult<ImmutableArray<ParkedLaneView>>(
            [.. estate.Lanes.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => l.Value)]);

    public Task<ImmutableArray<CustomerParking>> Ledger() => Task.FromResult<ImmutableArray<CustomerParking>>(
        [.. estate.Lanes.Values.GroupBy(l => l.Customer)
            .Select(c => new CustomerParking(c.Key, Some.Parking(c.Sum(l => l.Waiting))))]);
}

public sealed class FakeLaneGrain(FakeEstate estate) : Grain, ILaneGrain
{
    public Task Ping(bool atOnce) => Task.CompletedTask;

    public Task Drain(bool atOnce) => Task.CompletedTask;

    public Task Redrive(string actor)
    {
        estate.Redriven.Enqueue((this.GetPrimaryKeyString(), actor));
        return Task.CompletedTask;
    }

    public Task<long> Discard(int most, string actor)
    {
        estate.Discarded.Enqueue((this.GetPrimaryKeyString(), most, actor));
        var waiting = estate.Lanes[this.GetPrimaryKeyString()].Waiting;
        return Task.FromResult(Math.Min(most, waiting));
    }
}

public sealed class FakeArchiveGrain(FakeEstate estate) : Grain, IArchiveGrain
{
    public Task<ImmutableArray<DateOnly>> Days() =>
        Task.FromResult(estate.Archived.GetValueOrDefault(this.GetPrimaryKeyString(), []));

    public Task<int> Erase(string actor)
    {
        estate.Erased.Enqueue((this.GetPrimaryKeyString(), actor));
        return Task.FromResult(estate.Archived.TryRemove(this.GetPrimaryKeyString(), out var days) ? days.Length : 0);
    }
}

public sealed class FakeFeedGrain : Grain, IFeedGrain
{
    private readonly HashSet<IFeedObserver> observers = [];

    public Task Subscribe(IFeedObserver observer)
    {
        observers.Add(observer);
        return Task.CompletedTask;
    }

    public Task Unsubscribe(IFeedObserver observer)
    {
        observers.Remove(observer);
        return Task.CompletedTask;
    }

    public async Task Publish(ImmutableArray<FeedEvent> events)
    {
        foreach (var observer in observers) await observer.OnEvents(events);
    }
}
