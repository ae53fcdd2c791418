namespace Correlation.Signals;

/// <summary>Where a message lies in a stream and when the stream stored it; shared by all signals of the message.</summary>
/// <param name="Stream">The stream's name, for example <c>live</c>.</param>
/// <param name="Epoch">Rises when the stream was recreated and its offsets begin anew; 1 at first.</param>
/// <param name="Partition">The partition, from 0.</param>
/// <param name="Offset">The message's ordinal in its partition, from 0, without gaps.</param>
/// <param name="LogTime">When the stream stored the message (Event Hubs' enqueued time), UTC.</param>
[GenerateSerializer, Immutable, Alias("message")]
public sealed record Message(
    [property: Id(0)] string Stream,
    [property: Id(1)] int Epoch,
    [property: Id(2)] int Partition,
    [property: Id(3)] long Offset,
    [property: Id(4)] DateTimeOffset LogTime);
