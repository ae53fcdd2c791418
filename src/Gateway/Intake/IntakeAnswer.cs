using Correlation.Decoding;

namespace Correlation.Gateway.Intake;

/// <summary>What became of a body of signals: all of it is durable, what was not understood included.</summary>
/// <param name="Accepted">How many records were understood.</param>
/// <param name="Rejected">The records that were not, in order; at most <see cref="GatewayOptions.RejectionsListed"/>.</param>
/// <param name="RejectedCount">How many there were in all.</param>
/// <param name="Messages">How many messages of the stream it became.</param>
internal sealed record IntakeAnswer(int Accepted, IReadOnlyList<RejectedRecord> Rejected, int RejectedCount, int Messages);

/// <summary>One record that was not understood.</summary>
/// <param name="Index">Its ordinal in the body, from 0.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">What exactly; quotes no text of the payload. Null where there is no more to say.</param>
internal sealed record RejectedRecord(int Index, RejectReason Reason, string? Detail);
