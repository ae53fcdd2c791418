using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Delivery;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Contracts;

/// <summary>The signals of one resource from one batch of a partition, or out of its parking lane.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Owner">Whose it is by the version of the configuration in force at the signals' log times.</param>
/// <param name="Partition">The partition as <c>stream/partition</c>; <see cref="LaneDrain.Partition"/> for the lane.</param>
/// <param name="Epoch">The stream's epoch.</param>
/// <param name="Checkpoint">The first offset of the partition that is not durable yet:
/// the resource may forget what is below.</param>
/// <param name="Watermark">The event time up to which nothing may change any more, of all partitions together.</param>
/// <param name="Signals">The signals in stream order.</param>
[GenerateSerializer, Immutable, Alias("resource-batch")]
public sealed record ResourceBatch(
    [property: Id(0)] ResourceId Resource,
    [property: Id(1)] CustomerKey Owner,
    [property: Id(2)] string Partition,
    [property: Id(3)] int Epoch,
    [property: Id(4)] long Checkpoint,
    [property: Id(5)] DateTimeOffset Watermark,
    [property: Id(6)] ImmutableArray<Signal> Signals)
{
    /// <summary>The sequences that the signals have in the parking lane, which are their offsets there; none where they come from
    /// their stream.</summary>
    [Id(7)] public ImmutableArray<long> Sequences { get; init; } = [];
}

/// <summary>What became of a resource batch.</summary>
/// <param name="Fates">One fate for each signal, in order.</param>
/// <param name="Flush">The flush that makes its effects durable.</param>
/// <param name="IsFirst">Whether it is the activation's first answer: its customer may not know the resource yet.</param>
[GenerateSerializer, Immutable, Alias("resource-answer")]
public sealed record ResourceAnswer(
    [property: Id(0)] ImmutableArray<Fate> Fates, [property: Id(1)] FlushId Flush, [property: Id(2)] bool IsFirst);

/// <summary>What resources report to their customer.</summary>
/// <param name="Conditions">Conditions whose symptoms changed.</param>
/// <param name="Changes">Changes made on resources.</param>
/// <param name="Now">The log time of the newest signal behind them.</param>
[GenerateSerializer, Immutable, Alias("resource-reports")]
public sealed record ResourceReports(
    [property: Id(0)] ImmutableArray<ConditionReport> Conditions,
    [property: Id(1)] ImmutableArray<Change> Changes,
    [property: Id(2)] DateTimeOffset Now)
{
    /// <summary>Other resources that resources named; the default where an older program sends.</summary>
    [Id(3)] public ImmutableArray<LearntLink> Links { get; init; } = [];
}

/// <summary>How far time has come in all partitions together.</summary>
/// <param name="Now">The smallest log time read of all partitions: to where time has come everywhere.</param>
/// <param name="Checkpointed">The smallest checkpointed log time of all partitions;
/// the watermark is this less the lateness.</param>
/// <param name="LastInput">The log time of the newest message.</param>
/// <param name="Loss">When it was last noticed that a stream lost messages before they were read; the earliest time where that
/// never happened.</param>
/// <param name="Slowest">The smallest checkpointed log time of the partitions of one stream, that of the reader who
/// asks; the default where not all of them have told, and for all who are no reader.</param>
[GenerateSerializer, Immutable, Alias("stream-time")]
public sealed record StreamTime(
    [property: Id(0)] DateTimeOffset Now,
    [property: Id(1)] DateTimeOffset Checkpointed,
    [property: Id(2)] DateTimeOffset LastInput,
    [property: Id(3)] DateTimeOffset Loss = default,
    [property: Id(4)] DateTimeOffset Slowest = default)
{
    /// <summary>Before anything was read.</summary>
    public static StreamTime None { get; } = new(DateTimeOffset.MinValue, DateTimeOffset.MinValue, DateTimeOffset.MinValue);

    /// <summary>The watermark for a given lateness: nothing before it changes any more.</summary>
    public DateTimeOffset Watermark(TimeSpan lateness) =>
        Checkpointed < DateTimeOffset.MinValue + lateness ? DateTimeOffset.MinValue : Checkpointed - lateness;
}

/// <summary>How far one partition is.</summary>
/// <param name="Partition">The partition as <c>stream/partition</c>.</param>
/// <param name="Read">The log time of the newest message read, or the wall clock where it is read to its end.</param>
/// <param name="Checkpointed">The same at its checkpoint; the log time of the next message where all before it is
/// checkpointed.</param>
/// <param name="LastInput">The log time of the newest message.</param>
/// <param name="Loss">When it was last noticed that the stream lost messages of it before they were read; the earliest time where
/// that never happened.</param>
[GenerateSerializer, Immutable, Alias("partition-progress")]
public sealed record PartitionProgress(
    [property: Id(0)] string Partition,
    [property: Id(1)] DateTimeOffset Read,
    [property: Id(2)] DateTimeOffset Checkpointed,
    [property: Id(3)] DateTimeOffset LastInput,
    [property: Id(4)] DateTimeOffset Loss = default);

/// <summary>One thing that happened, for watchers.</summary>
/// <param name="Kind"><c>incident</c>, <c>health</c> or <c>run</c>.</param>
/// <param name="Customer">The customer.</param>
/// <param name="Id">The incident or run; the customer for health.</param>
/// <param name="Version">Its version.</param>
/// <param name="Text">One line; hostile text.</param>
/// <param name="At">The log time.</param>
[GenerateSerializer, Immutable, Alias("feed-event")]
public sealed record FeedEvent(
    [property: Id(0)] string Kind,
    [property: Id(1)] string Customer,
    [property: Id(2)] string Id,
    [property: Id(3)] long Version,
    [property: Id(4)] string Text,
    [property: Id(5)] DateTimeOffset At);
