using System.Globalization;
using Correlation.Contracts;
using Correlation.Decoding;
using Correlation.Signals;
using Correlation.Streams;
using Microsoft.Extensions.Logging;

namespace Correlation.Gateway.Intake;

/// <summary>Where rejected records come in again: each is a recording of one message into the stream <see cref="Stream"/>, named
/// by its position, so that it is taken once however often and from however many processes it is asked for.</summary>
internal sealed partial class RedriveDoor(IRecordedIntake intake, IOptions<DecodingLimits> limits, ILogger<RedriveDoor> log)
{
    /// <summary>The stream that holds what was re-driven.</summary>
    public const string Stream = "redriven";

    /// <summary>Takes a record in again; returns once it is durable.</summary>
    /// <param name="rejected">The record, with its whole message.</param>
    /// <param name="position">Its position.</param>
    /// <param name="actor">Who says so; kept in the log.</param>
    /// <param name="cancel">Gives up; asking again goes on where this stopped.</param>
    /// <returns>Null where it was taken; otherwise why not.</returns>
    public async Task<RedriveRefusal?> TakeAsync(
        RejectedView rejected, Position position, string actor, CancellationToken cancel)
    {
        var decoder = new MessageDecoder(limits.Value);
        if (RecordOf(decoder, rejected, position) is not { } body)
            return new RedriveRefusal(false, "The record cannot be cut out of its message, whose other records were understood.");
        var again = decoder.Decode(body, MessageOf(position, rejected.LogTime));
        if (again.Rejections.Count > 0)
            return StillRejected(again.Rejections[0]);
        var name = string.Create(CultureInfo.InvariantCulture,
            $"{position.Stream}:{position.Epoch}:{position.Partition}:{position.Offset}:{position.Record}");
        if (await intake.BeginAsync(Stream, name, cancel) is not { } durable)
            return new RedriveRefusal(true, "It was taken in again before.");
        if (durable == 0) await intake.AppendAsync(Stream, name, 0, [new RecordedMessage(rejected.LogTime, body)], cancel);
        await intake.FinishAsync(Stream, name, cancel);
        LogRedriven(log, actor, rejected.Position);
        return null;
    }

    /// <summary>The bytes of one record as a message of its own; null where they cannot be told from the others'.</summary>
    private static ReadOnlyMemory<byte>? RecordOf(MessageDecoder decoder, RejectedView rejected, Position position)
    {
        var decoded = decoder.Decode(rejected.Payload, MessageOf(position, rejected.LogTime));
        if (decoded.Records == 1) return rejected.Payload;
        var records = BodySplitter.Split(rejected.Payload, 1);
        return records.Count == decoded.Records && position.Record < records.Count ? records[position.Record] : null;
    }

    private static RedriveRefusal StillRejected(Rejection why) =>
        new(false, $"It is still not understood. {why.Reason}: {why.Detail}");

    private static Message MessageOf(Position position, DateTimeOffset logTime) =>
        new(Stream, 1, position.Partition, position.Offset, logTime);

    [LoggerMessage(LogLevel.Information, "{Actor} had the rejected record at {Position} taken in again")]
    private static partial void LogRedriven(ILogger log, string actor, string position);
}

/// <summary>Why a rejected record was not taken in again.</summary>
/// <param name="WasTaken">Whether it had been before.</param>
/// <param name="Why">Why, in one line that quotes no payload text.</param>
internal sealed record RedriveRefusal(bool WasTaken, string Why);
