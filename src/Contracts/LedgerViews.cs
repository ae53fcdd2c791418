using System.Collections.Immutable;
using Correlation.Delivery;

namespace Correlation.Contracts;

/// <summary>The ledgers: that every signal, every symptom and every parked signal has a fate.</summary>
/// <param name="Partitions">The signal ledger of every partition, final up to its checkpoint; parked stays parked there.</param>
/// <param name="Customers">The symptom ledger of every customer.</param>
/// <param name="Balanced">Whether every one of them balances.</param>
/// <param name="Parking">What became of the signals that were parked.</param>
[GenerateSerializer, Immutable, Alias("ledger-view")]
public sealed record LedgerView(
    [property: Id(0)] ImmutableArray<PartitionLedger> Partitions,
    [property: Id(1)] ImmutableArray<CustomerLedger> Customers,
    [property: Id(2)] bool Balanced,
    [property: Id(3)] ParkingLedger Parking);

/// <summary>One partition's ledger and how far it is read.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Epoch">The stream's epoch.</param>
/// <param name="Checkpoint">The first offset that is not durable yet.</param>
/// <param name="Read">The first offset that is not read yet.</param>
/// <param name="End">The first offset that the stream does not hold yet.</param>
/// <param name="LogTime">The log time at the checkpoint; null before the first message.</param>
/// <param name="Counts">The counts at the checkpoint.</param>
/// <param name="Rewinds">How often the reader went back to its checkpoint since it was activated.</param>
/// <param name="Lost">The newest ranges of messages that the stream lost before they were read, oldest first; at most
/// <see cref="Checkpoint.RangesMost"/>.</param>
/// <param name="LostRanges">How many such ranges there ever were.</param>
[GenerateSerializer, Immutable, Alias("partition-ledger")]
public sealed record PartitionLedger(
    [property: Id(0)] string Stream,
    [property: Id(1)] int Partition,
    [property: Id(2)] int Epoch,
    [property: Id(3)] long Checkpoint,
    [property: Id(4)] long Read,
    [property: Id(5)] long End,
    [property: Id(6)] DateTimeOffset? LogTime,
    [property: Id(7)] SignalLedger Counts,
    [property: Id(8)] int Rewinds,
    [property: Id(9)] ImmutableArray<LostRange> Lost,
    [property: Id(10)] long LostRanges);

/// <summary>One customer's symptom ledger.</summary>
[GenerateSerializer, Immutable, Alias("customer-ledger")]
public sealed record CustomerLedger([property: Id(0)] string Customer, [property: Id(1)] SymptomLedger Counts);
