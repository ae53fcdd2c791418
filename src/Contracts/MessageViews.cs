using System.Collections.Immutable;

namespace Correlation.Contracts;

/// <summary>Which messages of a partition are wanted.</summary>
/// <param name="From">The first offset; null for the first that was stored since <paramref name="Since"/>.</param>
/// <param name="Since">Only those that the stream stored at or after this.</param>
/// <param name="Until">Only those that it stored before this.</param>
/// <param name="Most">At most so many.</param>
/// <param name="Bytes">No more once so many bytes are reached; at least one where there is one.</param>
[GenerateSerializer, Immutable, Alias("message-query")]
public sealed record MessageQuery(
    [property: Id(0)] long? From,
    [property: Id(1)] DateTimeOffset Since,
    [property: Id(2)] DateTimeOffset Until,
    [property: Id(3)] int Most,
    [property: Id(4)] int Bytes);

/// <summary>Some messages of a partition.</summary>
/// <param name="Items">The messages, in order.</param>
/// <param name="Next">From where to go on; null where there are no more.</param>
[GenerateSerializer, Immutable, Alias("message-page")]
public sealed record MessagePage([property: Id(0)] ImmutableArray<MessageView> Items, [property: Id(1)] long? Next);

/// <summary>A message as a stream holds it.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Epoch">The stream's epoch as its reader knows it.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">Its offset in the partition.</param>
/// <param name="LogTime">When the stream stored it.</param>
/// <param name="Body">Its bytes, unchanged; hostile.</param>
[GenerateSerializer, Immutable, Alias("message-view")]
public sealed record MessageView(
    [property: Id(0)] string Stream,
    [property: Id(1)] int Epoch,
    [property: Id(2)] int Partition,
    [property: Id(3)] long Offset,
    [property: Id(4)] DateTimeOffset LogTime,
    [property: Id(5)] byte[] Body);
