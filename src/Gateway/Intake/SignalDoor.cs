using Correlation.Decoding;
using Correlation.Signals;
using Correlation.Streams;
using Microsoft.Extensions.ObjectPool;

namespace Correlation.Gateway.Intake;

/// <summary>Where signals come in: the raw bytes go into the stream, then the sender is told what was understood.</summary>
/// <remarks>The answer is a courtesy: the reader decodes again, and what is rejected here is in the stream all the
/// same.</remarks>
internal sealed class SignalDoor(
    ISignalIntake intake, IOptions<GatewayOptions> options, IOptions<DecodingLimits> limits, TimeProvider clock,
    GatewayInstruments instruments)
{
    private readonly DefaultObjectPool<MessageDecoder> decoders = new(new DecoderPolicy(limits.Value));

    /// <summary>Takes a body; returns once it is durable.</summary>
    public async Task<IntakeAnswer> TakeAsync(ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        using var span = instruments.Source.StartActivity("gateway.intake");
        var messages = BodySplitter.Split(body, Math.Min(options.Value.MessageBytes, intake.MessageBytes));
        if (messages.Any(message => message.Length > intake.MessageBytes))
        {
            throw new BadHttpRequestException(
                $"A record is larger than {intake.MessageBytes} bytes, the most that a message of the stream holds.",
                StatusCodes.Status413PayloadTooLarge);
        }

        await intake.AppendAsync(messages, cancel);
        var decoder = decoders.Get();
        try
        {
            var answer = Tell(decoder, messages);
            instruments.OnTaken(answer, body.Length);
            return answer;
        }
        finally
        {
            decoders.Return(decoder);
        }
    }

    private IntakeAnswer Tell(MessageDecoder decoder, IReadOnlyList<ReadOnlyMemory<byte>> messages)
    {
        var door = new Message("door", 1, 0, 0, clock.GetUtcNow());
        var listed = new List<RejectedRecord>();
        var (records, rejected) = (0, 0);
        foreach (var message in messages)
        {
            var decoded = decoder.Decode(message, door);
            foreach (var refusal in NotUnderstood(decoded))
            {
                rejected++;
                if (listed.Count < options.Value.RejectionsListed) listed.Add(Listed(refusal, records));
            }

            records += decoded.Records;
        }

        return new IntakeAnswer(records - rejected, listed, rejected, messages.Count);
    }

    /// <summary>The first refusal of each record that gave no signal at all.</summary>
    private static IEnumerable<Rejection> NotUnderstood(DecodedMessage decoded)
    {
        if (decoded.Rejections.Count == 0) return [];
        var understood = decoded.Signals.Select(signal => signal.Record).ToHashSet();
        return decoded.Rejections.Where(refusal => understood.Add(refusal.Record));
    }

    private static RejectedRecord Listed(Rejection refusal, int before) =>
        new(before + refusal.Record, refusal.Reason, refusal.Detail.Length == 0 ? null : refusal.Detail);

    private sealed class DecoderPolicy(DecodingLimits limits) : PooledObjectPolicy<MessageDecoder>
    {
        public override MessageDecoder Create() => new(limits);

        public override bool Return(MessageDecoder obj) => true;
    }
}
