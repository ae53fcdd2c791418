using System.Collections.Immutable;
using Correlation.Decoding;
using Correlation.Delivery;

namespace Correlation.Contracts;

/// <summary>Which rejected records of a partition are wanted.</summary>
/// <param name="From">The first slot of the partition to look at.</param>
/// <param name="Since">Only those whose message the stream stored at or after this; null for all.</param>
/// <param name="Most">At most so many.</param>
/// <param name="Bytes">How much of the message is wanted, in bytes.</param>
[GenerateSerializer, Immutable, Alias("rejected-query")]
public sealed record RejectedQuery(
    [property: Id(0)] SignalSlot From,
    [property: Id(1)] DateTimeOffset? Since,
    [property: Id(2)] int Most,
    [property: Id(3)] int Bytes);

/// <summary>Some rejected records of a partition.</summary>
/// <param name="Items">The records in stream order; may be empty although there are more.</param>
/// <param name="Next">From where to go on; null where the checkpoint is reached.</param>
[GenerateSerializer, Immutable, Alias("rejected-page")]
public sealed record RejectedPage(
    [property: Id(0)] ImmutableArray<RejectedView> Items, [property: Id(1)] SignalSlot? Next);

/// <summary>A record, or a target of one, that was rejected.</summary>
/// <param name="Position">Its position, as text.</param>
/// <param name="Reason">Why it was rejected then.</param>
/// <param name="Detail">Why it would be rejected now, in one line that quotes no payload text; empty where it is understood
/// now.</param>
/// <param name="Understood">Whether it would be understood now, so that re-driving it helps.</param>
/// <param name="LogTime">When the stream stored its message.</param>
/// <param name="PayloadBytes">How large its message is.</param>
/// <param name="Payload">The beginning of the message's bytes; hostile.</param>
[GenerateSerializer, Immutable, Alias("rejected-view")]
public sealed record RejectedView(
    [property: Id(0)] string Position,
    [property: Id(1)] RejectReason Reason,
    [property: Id(2)] string Detail,
    [property: Id(3)] bool Understood,
    [property: Id(4)] DateTimeOffset LogTime,
    [property: Id(5)] int PayloadBytes,
    [property: Id(6)] byte[] Payload);
