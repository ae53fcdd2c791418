using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Fleet;
using Correlation.Incidents;
using Correlation.Learning;
using Correlation.Problems;
using Correlation.Remediation;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace Correlation.Contracts;

/// <summary>One customer: its incidents, health and topology. Key: the customer's key.</summary>
[Alias("ICustomerGrain"), Version(1)]
public interface ICustomerGrain : IGrainWithStringKey
{
    /// <summary>Takes what resources report; answers when it is durable. Sending a report again changes nothing.</summary>
    [Alias("Report")] Task Report(ResourceReports reports);

    /// <summary>Says that the customer had input; a hint for its health, lost without harm.</summary>
    /// <param name="last">The log time of the newest signal.</param>
    /// <param name="signals">How many signals there were since the last such call of the same reader.</param>
    /// <param name="resources">The resources that it may not know yet.</param>
    [OneWay, AlwaysInterleave, Alias("Seen")] Task Seen(DateTimeOffset last, long signals, ImmutableArray<string> resources);

    /// <summary>Lets time pass: wakes resources whose deadline is over, resolves, seals, sends what is due.</summary>
    [Alias("Advance")] Task Advance(StreamTime time);

    /// <summary>The customer's health now.</summary>
    [AlwaysInterleave, Alias("Health")] Task<CustomerHealth> Health();

    /// <summary>A page of its incidents, newest first.</summary>
    [AlwaysInterleave, Alias("Incidents")] Task<Page<IncidentSummary>> Incidents(IncidentQuery query);

    /// <summary>One incident; a merged one answers as its survivor. Null where there is none.</summary>
    [AlwaysInterleave, Alias("Incident")] Task<IncidentView?> Incident(string id);

    /// <summary>The symptoms of an incident; null where there is none.</summary>
    [AlwaysInterleave, Alias("Members")] Task<Page<IncidentMember>?> Members(string id, string? cursor, int limit);

    /// <summary>A page of the customer's symptoms, in incidents or not, newest first.</summary>
    [AlwaysInterleave, Alias("Symptoms")] Task<Page<TrackedSymptom>> Symptoms(SymptomQuery query);

    /// <summary>A page of what depends on what at the customer, now.</summary>
    [AlwaysInterleave, Alias("Topology")] Task<Page<TopologyEdge>> Topology(TopologyQuery query);

    /// <summary>What happened to an incident, oldest first; null where there is none.</summary>
    [AlwaysInterleave, Alias("Timeline")] Task<Page<TimelineEntry>?> Timeline(string id, string? cursor, int limit);

    /// <summary>Why something else (a position, the id of a resource, symptom, alert, event, incident or change) is or is not
    /// part of an incident; null where there is no such incident.</summary>
    [AlwaysInterleave, Alias("Explain")] Task<Explanation?> Explain(string id, string other);

    /// <summary>As <see cref="Explain"/> for any two things of the customer.</summary>
    [AlwaysInterleave, Alias("ExplainPair")] Task<Explanation?> ExplainPair(string one, string other);

    /// <summary>Carries out an operator's command.</summary>
    [Alias("Command")] Task<CommandAnswer> Command(IncidentCommand command);

    /// <summary>The customer's maintenance windows; answers also while the customer waits for the remediation that
    /// asks.</summary>
    [AlwaysInterleave, Alias("Maintenance")] Task<ImmutableArray<MaintenanceWindow>> Maintenance();

    /// <summary>Replaces the customer's maintenance windows.</summary>
    [Alias("SetMaintenance")] Task SetMaintenance(ImmutableArray<MaintenanceWindow> windows, string actor);

    /// <summary>What a grouping in shadow would have decided; empty where there never was one.</summary>
    [AlwaysInterleave, Alias("Shadow")] Task<ShadowView> Shadow();

    /// <summary>The customer's symptom ledger.</summary>
    [AlwaysInterleave, Alias("Ledger")] Task<CustomerLedger> Ledger();

    /// <summary>The unsealed incidents that hold symptoms of a resource.</summary>
    [AlwaysInterleave, Alias("IncidentsOf")] Task<ImmutableArray<string>> IncidentsOf(string resource);
}

/// <summary>One resource's live state. Key: the canonical id; for a bare name <c>~customer/name</c>.</summary>
[Alias("IResourceGrain"), Version(1)]
public interface IResourceGrain : IGrainWithStringKey
{
    /// <summary>Applies the signals of one message batch; never waits for a customer.</summary>
    [Alias("Apply")] ValueTask<ResourceAnswer> Apply(ResourceBatch batch);

    /// <summary>Lets log time pass, so that time-outs end what nothing else ends.</summary>
    [Alias("Tick")] Task Tick(StreamTime time);

    /// <summary>The live state; null where the resource has never had a signal.</summary>
    [AlwaysInterleave, Alias("Inspect")] Task<ResourceView?> Inspect();
}

/// <summary>Reads one partition of a stream. Key: <c>stream/partition</c>.</summary>
[Alias("IReaderGrain"), Version(1)]
public interface IReaderGrain : IGrainWithStringKey
{
    /// <summary>Keeps the reader running; every silo calls it every few seconds.</summary>
    [AlwaysInterleave, Alias("Ping")] Task Ping();

    /// <summary>How far it is and what it has counted.</summary>
    [AlwaysInterleave, Alias("Ledger")] Task<PartitionLedger> Ledger();

    /// <summary>What became of one signal; null where the stream holds no such message.</summary>
    [AlwaysInterleave, Alias("Signal")] Task<SignalView?> Signal(int epoch, long offset, int record, int target);

    /// <summary>What was rejected below the checkpoint, oldest first.</summary>
    [AlwaysInterleave, Alias("Rejected")] Task<RejectedPage> Rejected(RejectedQuery query);

    /// <summary>The messages that the partition still holds, as they came.</summary>
    [AlwaysInterleave, Alias("Messages")] Task<MessagePage> Messages(MessageQuery query);
}

/// <summary>What is archived of a customer. Key: the customer's key.</summary>
[Alias("IArchiveGrain"), Version(1)]
public interface IArchiveGrain : IGrainWithStringKey
{
    /// <summary>The days of which something is archived, in order.</summary>
    [AlwaysInterleave, Alias("Days")] Task<ImmutableArray<DateOnly>> Days();

    /// <summary>Erases all of it; what comes after is archived again.</summary>
    /// <param name="actor">Who says so; kept in the log.</param>
    /// <returns>How many days there were.</returns>
    [Alias("Erase")] Task<int> Erase(string actor);
}

/// <summary>Drains one resource's parking lane. Key: the resource's key.</summary>
[Alias("ILaneGrain"), Version(1)]
public interface ILaneGrain : IGrainWithStringKey
{
    /// <summary>Keeps the draining running where the lane is due; every silo calls it every few seconds.</summary>
    /// <param name="atOnce">Whether to try although the lane rests: the caller's process has just started.</param>
    [AlwaysInterleave, Alias("Ping")] Task Ping(bool atOnce);

    /// <summary>As <see cref="Ping"/>; answers when the lane is empty, rests, or waits for a checkpoint.</summary>
    [AlwaysInterleave, Alias("Drain")] Task Drain(bool atOnce);

    /// <summary>Has the lane tried at once; durable when it answers.</summary>
    [Alias("Redrive")] Task Redrive(string actor);

    /// <summary>Takes the lane's first signals out of it for good; those that their partition has not passed yet stay.</summary>
    /// <param name="most">At most so many.</param>
    /// <param name="actor">Who says so; kept in the log.</param>
    /// <returns>How many were taken out.</returns>
    [Alias("Discard")] Task<long> Discard(int most, string actor);
}

/// <summary>All parking lanes. Key: 0.</summary>
[Alias("IParkingGrain"), Version(1)]
public interface IParkingGrain : IGrainWithIntegerKey
{
    /// <summary>The lanes that hold signals, by the resource's key; at most 10,000.</summary>
    [AlwaysInterleave, Alias("Lanes")] Task<ImmutableArray<ParkedLaneView>> Lanes();

    /// <summary>The books of each customer that ever had a signal parked.</summary>
    [AlwaysInterleave, Alias("Ledger")] Task<ImmutableArray<CustomerParking>> Ledger();
}

/// <summary>All customers, streams and partitions there are. Key: 0.</summary>
[Alias("IDirectoryGrain"), Version(1)]
public interface IDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Notes that a customer exists; durable when it answers.</summary>
    [Alias("Register")] Task Register(CustomerKey customer);

    /// <summary>Every customer with input or configuration, by key.</summary>
    [AlwaysInterleave, Alias("Customers")] Task<ImmutableArray<CustomerKey>> Customers();

    /// <summary>A reader says how far its partition is; the answer is the time of all partitions together.</summary>
    [AlwaysInterleave, Alias("Progress")] Task<StreamTime> Progress(PartitionProgress progress);

    /// <summary>The time of all partitions together.</summary>
    [AlwaysInterleave, Alias("Time")] Task<StreamTime> Time();
}

/// <summary>What recurs at one customer. Key: the customer's key.</summary>
[Alias("IProblemsGrain"), Version(1)]
public interface IProblemsGrain : IGrainWithStringKey
{
    /// <summary>Takes what became of an incident; the same version again changes nothing. Answers when it is durable.</summary>
    [Alias("Record")] Task<string?> Record(IncidentNotice notice);

    /// <summary>The problems, by cost (dearest first) or newest first.</summary>
    [AlwaysInterleave, Alias("List")] Task<ImmutableArray<ProblemView>> List(bool byCost);

    /// <summary>One problem; null where there is none.</summary>
    [AlwaysInterleave, Alias("Get")] Task<ProblemView?> Get(string id);

    /// <summary>Sets a problem's state, and what is known or was done about it.</summary>
    [Alias("SetState")] Task<CommandAnswer> SetState(ProblemCommand command);
}

/// <summary>The safety kernel of one customer: every run on its resources. Key: the customer's key.</summary>
[Alias("IRemediationGrain"), Version(1)]
public interface IRemediationGrain : IGrainWithStringKey
{
    /// <summary>Takes what became of an incident: proposes, withdraws, verifies. Answers when it is durable.</summary>
    [Alias("Consider")] Task Consider(IncidentNotice notice);

    /// <summary>Lets time pass: sends what is approved, verifies what is due.</summary>
    [Alias("Advance")] Task Advance(DateTimeOffset now);

    /// <summary>The runs, newest first.</summary>
    [AlwaysInterleave, Alias("Runs")] Task<ImmutableArray<RunView>> Runs();

    /// <summary>A person's word on a proposed run.</summary>
    [Alias("Decide")] Task<CommandAnswer> Decide(RunDecision decision);
}

/// <summary>What hits many customers at once. Key: 0.</summary>
[Alias("IFleetGrain"), Version(1)]
public interface IFleetGrain : IGrainWithIntegerKey
{
    /// <summary>Takes what became of an incident.</summary>
    [Alias("Record")] Task Record(IncidentNotice notice);

    /// <summary>How many customers besides the given one are hit by the same platform event or region now.</summary>
    [AlwaysInterleave, Alias("OthersHit")] Task<int> OthersHit(CustomerKey customer, string region);
}

/// <summary>What customers' histories teach each other of kinds of condition that are Azure's own. Key: 0. Stores nothing:
/// customers bring their counts again whenever they are learned from.</summary>
[Alias("IFleetLearningGrain"), Version(1)]
public interface IFleetLearningGrain : IGrainWithIntegerKey
{
    /// <summary>Takes a customer's counts in the place of those before.</summary>
    /// <returns>What at least five others say together; none of them can be told from it.</returns>
    [Alias("Exchange")] Task<ImmutableArray<PriorPair>> Exchange(CustomerKey customer, ImmutableArray<SharedPair> counts);
}

/// <summary>Tells watchers what happens as it happens. Key: 0. A hint: what counts is in the grains.</summary>
[Alias("IFeedGrain"), Version(1)]
public interface IFeedGrain : IGrainWithIntegerKey
{
    /// <summary>Watches; to be repeated every minute.</summary>
    [Alias("Subscribe")] Task Subscribe(IFeedObserver observer);

    /// <summary>Watches no more.</summary>
    [Alias("Unsubscribe")] Task Unsubscribe(IFeedObserver observer);

    /// <summary>Tells all watchers.</summary>
    [OneWay, Alias("Publish")] Task Publish(ImmutableArray<FeedEvent> events);
}

/// <summary>Somebody who watches the feed.</summary>
[Alias("IFeedObserver"), Version(1)]
public interface IFeedObserver : IGrainObserver
{
    /// <summary>What happened.</summary>
    [OneWay, Alias("OnEvents")] Task OnEvents(ImmutableArray<FeedEvent> events);
}
