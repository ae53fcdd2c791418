using System.Collections.Concurrent;
using System.Collections.Immutable;
using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Delivery;
using Correlation.Incidents;
using Correlation.Problems;
using Correlation.Remediation;

namespace Correlation.Gateway.Tests.Fakes;

/// <summary>What the fake grains answer with and what they were told; the tests fill and read it.</summary>
public sealed class FakeEstate
{
    public ConcurrentDictionary<string, CustomerHealth> Customers { get; } = [];

    public ConcurrentDictionary<string, IncidentView> Incidents { get; } = [];

    public ConcurrentDictionary<string, ImmutableArray<IncidentMember>> Members { get; } = [];

    public ConcurrentDictionary<string, ImmutableArray<TimelineEntry>> Timelines { get; } = [];

    public ConcurrentDictionary<string, ResourceView> Resources { get; } = [];

    public ConcurrentDictionary<string, SignalView> Signals { get; } = [];

    public ConcurrentDictionary<string, ProblemView> Problems { get; } = [];

    public ConcurrentDictionary<string, RunView> Runs { get; } = [];

    public ConcurrentDictionary<string, ImmutableArray<MaintenanceWindow>> Windows { get; } = [];

    public ConcurrentDictionary<string, ShadowView> Shadows { get; } = [];

    /// <summary>Lanes by the resource's key.</summary>
    public ConcurrentDictionary<string, ParkedLaneView> Lanes { get; } = [];

    public ConcurrentBag<RejectedView> Rejected { get; } = [];

    public ConcurrentBag<MessageView> Messages { get; } = [];

    /// <summary>The archived days of customers.</summary>
    public ConcurrentDictionary<string, ImmutableArray<DateOnly>> Archived { get; } = [];

    public ConcurrentQueue<(string Customer, string Actor)> Erased { get; } = [];

    public ConcurrentQueue<(string Lane, string Actor)> Redriven { get; } = [];

    public ConcurrentQueue<(string Lane, int Most, string Actor)> Discarded { get; } = [];

    public ConcurrentQueue<IncidentCommand> Commands { get; } = [];

    public ConcurrentQueue<ProblemCommand> ProblemCommands { get; } = [];

    public ConcurrentQueue<RunDecision> Decisions { get; } = [];

    /// <summary>The keys of customer grains that were woken.</summary>
    public ConcurrentDictionary<string, byte> Woken { get; } = [];

    /// <summary>When set, the customers' grains fail with it.</summary>
    public Exception? Failure { get; set; }

    public PartitionLedger Ledger(string key) => new(
        key.Split('/')[0], int.Parse(key.Split('/')[1]), 1, 7, 7, 7, Some.Noon,
            new SignalLedger { Messages = 3, Records = 4, Signals = 4, Transition = 4, LostMessages = 3 }, 0,
            [new LostRange(1, 2, 4, Some.Noon)], 1);

    /// <summary>The newest signal ledger that every customer shows.</summary>
    public SymptomLedger Symptoms { get; } = new() { Symptoms = 5, InOpen = 3, InClosed = 2 };
}
